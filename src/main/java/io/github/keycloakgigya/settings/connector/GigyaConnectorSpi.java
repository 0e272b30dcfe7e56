package io.github.keycloakgigya.settings.connector;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets Keycloak manage the life of what all doors to Gigya share on a node. */
public final class GigyaConnectorSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "gigya-connector";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return GigyaConnector.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Spi declares it
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return GigyaConnectorFactory.class;
    }
}
