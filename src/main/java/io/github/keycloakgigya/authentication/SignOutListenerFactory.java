package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens for sign-outs in every realm; there is nothing to configure. */
public final class SignOutListenerFactory implements EventListenerProviderFactory, SupportedServersOnly {

    public static final String PROVIDER_ID = "gigya-sign-out";

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
        return new SignOutListener(session);
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
