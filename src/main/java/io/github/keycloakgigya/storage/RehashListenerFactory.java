package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm for sign-ins of those who have left Gigya; there is nothing to configure. */
public final class RehashListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-rehashed-passwords";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new RehashListener(session);
    }
}
