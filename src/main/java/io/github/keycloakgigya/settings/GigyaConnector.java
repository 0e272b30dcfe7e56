package io.github.keycloakgigya.settings;

import org.keycloak.provider.Provider;

/**
 * Connects to Gigya sites with what the server offers: its HTTP client (truststore, proxy, pool) and the state of this
 * node (signing keys, clock offsets).
 */
public interface GigyaConnector extends Provider {

    /**
     * {@return a connection for the work of one Keycloak request} All calls made through it share one deadline, which
     * starts with the first of them.
     */
    GigyaConnection connect(SiteSettings settings);
}
