package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.monitoring.Meters;
import org.keycloak.models.KeycloakSession;
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

    /**
     * {@return a connection for one step of bulk work, such as a page of a sync} Its calls may take 60 seconds together,
     * whatever the settings' time-outs are, and their answers may hold 32 MiB.
     */
    GigyaConnection connectForBulk(SiteSettings settings);

    /**
     * {@return a connection for a test of settings that an administrator waits for} Each call may take as long as one of a
     * sign-in. All together get 10 seconds: on a server that has just started, or with a far data center, three calls take
     * longer than the one of a sign-in.
     */
    GigyaConnection connectForTest(SiteSettings settings);

    /**
     * Makes sure that the operator of this server allows the API domain. The page runs the script of that domain, on the
     * origin that all realms share.
     *
     * @throws SettingsException where the operator lists custom API domains, and this is not one of them
     */
    void requireAllowed(ApiDomain domain) throws SettingsException;

    /**
     * {@return a site at the host whose word about it counts, and which all connections ask} That of its data center where
     * it has a custom API domain, unless the operator says that the domain publishes its own signing keys.
     */
    GigyaSite trusted(SiteSettings settings);

    /** {@return what this node measures} */
    Meters meters();

    /** {@return what the node that a session belongs to measures} */
    static Meters metersOf(KeycloakSession session) {
        return session.getProvider(GigyaConnector.class).meters();
    }
}
