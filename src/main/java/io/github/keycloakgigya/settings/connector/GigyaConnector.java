package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges.SignatureExchange;
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

    /**
     * What a connection to Gigya is for: it says how long its calls may take, and which of the shares of calls that a node
     * has under way at once they count to.
     */
    enum Purpose {
        /**
         * The work of one Keycloak request for somebody who signs in. All calls share one deadline, which starts with the
         * first of them.
         */
        SIGN_IN,
        /** A sign-out that is passed on after Keycloak's own, on a thread of its own; with the times of a sign-in. */
        SIGN_OUT,
        /** A list or a search that an administrator waits for, with the times of a sign-in. */
        LIST,
        /** The same where the answer is larger than a sign-in's may be: with the times and sizes of {@link #SYNC}. */
        LARGE_LIST,
        /**
         * A test of settings that an administrator waits for. Each call may take as long as one of a sign-in. All together
         * get 10 seconds: on a server that has just started, or with a far data center, three calls take longer than the one
         * of a sign-in.
         */
        TEST,
        /**
         * One step of bulk work, such as a page of a sync. Its calls may take 60 seconds together, whatever the settings'
         * time-outs are, and their answers may hold 32 MiB.
         */
        SYNC,
        /**
         * The signing key of a webhook's message, which anybody may have sent; in a Keycloak request, with the times of a
         * sign-in.
         */
        MESSAGE,
        /** A read of an account that an event names, on a thread of its own; with the times of a sign-in. */
        EVENT
    }

    /**
     * A site as one Keycloak request sees it.
     *
     * @param settings how the site is configured
     * @param api its REST API
     * @param tokens the verifier of its tokens
     * @param exchange judges UID signatures where the key is not the partner secret
     * @param accounts its accounts
     * @param leaving what goes along with accounts that leave it
     */
    record GigyaConnection(
            SiteSettings settings,
            GigyaApi api,
            GigyaTokenVerifier tokens,
            SignatureExchange exchange,
            AccountReader accounts,
            LeavingApi leaving) {}
}
