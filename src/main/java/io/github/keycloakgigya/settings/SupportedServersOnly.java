package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.settings.connector.OutdatedServerFactory;
import org.keycloak.Config;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * A provider that Keycloak leaves out where the server is too old for this extension. Without it such a server would stop
 * at its start, or fail later where a class is missing. {@link OutdatedServerFactory} tells of it.
 */
public interface SupportedServersOnly extends EnvironmentDependentProviderFactory {

    /** {@return whether the server is new enough} Called by Keycloak, mostly when the server is built. */
    @Override
    default boolean isSupported(Config.Scope config) {
        return isSupported();
    }

    /** {@return whether the server is new enough} What Keycloak up to 25 asks. */
    default boolean isSupported() {
        return !KeycloakVersion.ofServer().isTooOld();
    }
}
