package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm for mappers that administrators save; there is nothing to configure. */
public final class MapperListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-mappers";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new MapperListener(session);
    }
}
