package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm for users whom administrators save; there is nothing to configure. */
public final class AdministratorListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-users";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AdministratorListener(session);
    }
}
