package io.github.keycloakgigya.settings.connector;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link GigyaConnector}s and holds what they share on this node. */
public interface GigyaConnectorFactory extends ProviderFactory<GigyaConnector> {}
