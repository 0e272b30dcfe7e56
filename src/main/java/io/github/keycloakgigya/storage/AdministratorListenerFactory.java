package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm for users whom administrators save; there is nothing to configure. */
public final class AdministratorListenerFactory implements EventListenerProviderFactory, SupportedServersOnly {

    public static final String PROVIDER_ID = "gigya-saved-users";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AdministratorListener(session);
    }

    @Override
    public void init(Config.Scope config) {
        // No server-wide settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
