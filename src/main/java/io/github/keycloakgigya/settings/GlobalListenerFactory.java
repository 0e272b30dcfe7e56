package io.github.keycloakgigya.settings;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;

/** What listens to the events of every realm, and has nothing to configure. */
public interface GlobalListenerFactory extends EventListenerProviderFactory, SupportedServersOnly {

    @Override
    default boolean isGlobal() {
        return true;
    }

    @Override
    default void init(Config.Scope config) {
        // No server-wide settings.
    }

    @Override
    default void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    default void close() {
        // Nothing is held.
    }
}
