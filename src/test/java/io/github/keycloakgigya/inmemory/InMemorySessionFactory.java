package io.github.keycloakgigya.inmemory;

import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Opens sessions. */
public abstract class InMemorySessionFactory implements KeycloakSessionFactory {

    private final InMemoryKeycloak keycloak;

    protected InMemorySessionFactory(InMemoryKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public KeycloakSession create() {
        return keycloak.newSession();
    }

    @Override
    public <T extends Provider> ProviderFactory<T> getProviderFactory(Class<T> type) {
        return keycloak.factory(type, "");
    }

    @Override
    public <T extends Provider> ProviderFactory<T> getProviderFactory(Class<T> type, String id) {
        return keycloak.factory(type, id);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Stream<ProviderFactory> getProviderFactoriesStream(Class<? extends Provider> type) {
        return keycloak.factories(type);
    }

    @Override
    public void publish(ProviderEvent event) {
        // Nobody listens.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
