package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * Connects to Gigya sites with what the server offers: its HTTP client (truststore, proxy, pool) and the state of this
 * node (signing keys, clock offsets).
 */
public interface GigyaConnector extends Provider {

    /** {@return a connection to a site, for one purpose} */
    GigyaConnection connect(SiteSettings settings, Purpose purpose);

    /** {@return a connection for {@link Purpose#SIGN_IN}} */
    default GigyaConnection connect(SiteSettings settings) {
        return connect(settings, Purpose.SIGN_IN);
    }

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

    /** {@return what tells clients of sessions that this node ended} */
    LogoutMessages logoutMessages();

    /** {@return what the node that a session belongs to measures} */
    static Meters metersOf(KeycloakSession session) {
        return session.getProvider(GigyaConnector.class).meters();
    }
}
