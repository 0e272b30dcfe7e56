package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.LogoutMessages.LogoutMessage;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What is told of the sessions that a transaction ended, once it is committed: to clients, in the metrics, and in an admin
 * event for each user.
 */
final class EndedSessions extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(EndedSessions.class);
    private static final String KEY = "gigya.endedSessions";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<LogoutMessage> messages = new ArrayList<>();
    private final List<UserEvents.Ended> ended = new ArrayList<>();

    private EndedSessions(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** {@return those of a session's transaction} */
    static EndedSessions of(KeycloakSession session, RealmModel realm) {
        var known = session.getAttribute(KEY, EndedSessions.class);
        if (known != null) {
            return known;
        }
        var first = new EndedSessions(session, realm);
        session.setAttribute(KEY, first);
        session.getTransactionManager().enlistAfterCompletion(first);
        return first;
    }

    void add(UserEvents.Ended ofUser) {
        ended.add(ofUser);
    }

    void tell(LogoutMessage client) {
        messages.add(client);
    }

    @Override
    protected void commitImpl() {
        var connector = session.getProvider(GigyaConnector.class);
        ended.forEach(ofUser -> connector.meters().sessions().ended(ofUser.reason(), ofUser.sessions()));
        if (!messages.isEmpty()) {
            var http = session.getProvider(HttpClientProvider.class).getHttpClient();
            connector.logoutMessages().send(List.copyOf(messages), http);
        }
        sendEvents();
    }

    // The transaction is over: a failure here must not be taken for one of it.
    private void sendEvents() {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    own -> ended.forEach(new UserEvents(own, own.realms().getRealm(realm.getId()))::ended));
        } catch (RuntimeException failed) {
            LOG.warnf(
                    "The admin events of %d users whose sessions ended could not be sent: %s",
                    ended.size(), failed.getClass().getSimpleName());
        }
    }

    @Override
    protected void rollbackImpl() {
        // Nothing has ended.
    }
}
