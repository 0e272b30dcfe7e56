package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.settings.SupportedServersOnly.KeycloakVersion;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/** The only provider of this extension on a server that is too old for it: says so at each start. */
public final class OutdatedServerFactory implements GigyaConnectorFactory, EnvironmentDependentProviderFactory {

    private static final Logger LOG = Logger.getLogger(OutdatedServerFactory.class);

    @Override
    public boolean isSupported(Config.Scope config) {
        return isSupported();
    }

    /** {@return whether the server is too old} What Keycloak up to 25 asks. */
    public boolean isSupported() {
        return KeycloakVersion.ofServer().isTooOld();
    }

    @Override
    public String getId() {
        return "off";
    }

    @Override
    public GigyaConnector create(KeycloakSession session) {
        throw new IllegalStateException("The server is too old for keycloak-gigya.");
    }

    @Override
    public void init(Config.Scope config) {
        // No server-wide settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        LOG.warnf(
                "keycloak-gigya needs Keycloak %s or later; this is %s. It stays off.",
                KeycloakVersion.OLDEST, KeycloakVersion.ofServer().text());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
