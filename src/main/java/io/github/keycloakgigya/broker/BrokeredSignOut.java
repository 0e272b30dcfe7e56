package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.signin.GigyaSignOut;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/** Passes the end of a session that came in by the identity provider on to Gigya, where the settings want that. */
final class BrokeredSignOut {

    private static final Logger LOG = Logger.getLogger(BrokeredSignOut.class);

    private BrokeredSignOut() {}

    /** Passes it on once the sign-out is committed. */
    static void passOn(
            UserSessionModel userSession, KeycloakSession session, RealmModel realm, ProviderContext provider) {
        var uid = new AccountLinks(session, realm, provider.alias())
                .of(userSession.getUser())
                .flatMap(link -> Uid.of(link.getUserId()));
        // Else whoever moved the provider would be told the UIDs of a federation's users.
        if (uid.isEmpty()
                || !ReachableUsers.of(session, realm, provider.config()).include(userSession.getUser(), uid.get())) {
            return;
        }
        try {
            var settings = provider.settings(session);
            if (settings.signIn().logoutFromGigya()) {
                var connection = session.getProvider(GigyaConnector.class).connect(settings.site(), Purpose.SIGN_OUT);
                new GigyaSignOut(session).afterCommit(connection, uid.get());
            }
        } catch (SettingsException wrong) {
            LOG.warnf(
                    "A sign-out could not be passed on to the identity provider %s: %s",
                    provider.alias(), wrong.getMessage());
        }
    }
}
