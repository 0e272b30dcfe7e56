package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaStep.ProvenSignIn.SignOutNote;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.session.UserEvents;
import io.github.keycloakgigya.settings.GlobalListenerFactory;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.signin.GigyaSignOut;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Listens for sign-outs in every realm; there is nothing to configure. */
public final class SignOutListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-sign-out";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SignOutListener(session);
    }

    /** Passes sign-outs on to Gigya: by the person, by an application, by an administrator. */
    static final class SignOutListener implements EventListenerProvider {

        private static final Logger LOG = Logger.getLogger(SignOutListenerFactory.class);

        private static final Pattern USER_LOGOUT = Pattern.compile("users/([^/]+)/logout");
        private static final Pattern SESSION = Pattern.compile("sessions/([^/]+)");

        private final KeycloakSession session;

        SignOutListener(KeycloakSession session) {
            this.session = session;
        }

        @Override
        public void onEvent(Event event) {
            if (event.getType() == EventType.LOGOUT && event.getSessionId() != null) {
                signOut(event.getRealmId(), scope -> scope.byId(event.getSessionId()));
            }
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            if (event.getError() != null || event.getResourcePath() == null) {
                return;
            }
            // Gigya itself is the cause: a sign-out there would end the session of the very sign-in that noticed it.
            if (UserEvents.isEndOfSessions(event)) {
                return;
            }
            var user = USER_LOGOUT.matcher(event.getResourcePath());
            var userSession = SESSION.matcher(event.getResourcePath());
            switch (event.getOperationType()) {
                case ACTION -> {
                    if (user.matches()) {
                        signOut(event.getRealmId(), scope -> scope.ofUser(user.group(1)));
                    }
                }
                case DELETE -> {
                    if (userSession.matches()) {
                        signOut(event.getRealmId(), scope -> scope.byId(userSession.group(1)));
                    }
                }
                default -> {
                    // Nothing else signs anybody out.
                }
            }
        }

        private void signOut(String realmId, Function<Scope, Stream<UserSessionModel>> ended) {
            var ownRealm = session.realms().getRealm(realmId);
            if (ownRealm == null || new GigyaFederations(session, ownRealm).areNone()) {
                return;
            }
            // Some sign-outs remove the session before they tell. Another transaction still sees it.
            var notes = KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
                var realm = other.realms().getRealm(realmId);
                if (realm == null) {
                    return Set.<SignOutNote>of();
                }
                // Keycloak looks up users in the realm of the context, too (organizations, 26.7).
                other.getContext().setRealm(realm);
                return ended.apply(new Scope(other, realm))
                        .map(SignOutNote::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
            });
            notes.forEach(note -> passOn(ownRealm, note));
        }

        private void passOn(RealmModel realm, SignOutNote note) {
            try {
                var users = new GigyaFederations(session, realm).users(Optional.of(note.componentId()));
                var connection = session.getProvider(GigyaConnector.class)
                        .connect(users.settings().site(), Purpose.SIGN_OUT);
                new GigyaSignOut(session).afterCommit(connection, note.uid());
            } catch (SettingsException wrong) {
                LOG.debugf("A sign-out in realm %s is not passed on: %s", realm.getName(), wrong.getMessage());
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        /** The user sessions of a realm. */
        private record Scope(KeycloakSession session, RealmModel realm) {

            // An app with scope offline_access may have no other session than the offline one.
            Stream<UserSessionModel> byId(String id) {
                return Optional.ofNullable(session.sessions().getUserSession(realm, id))
                        .or(() -> Optional.ofNullable(session.sessions().getOfflineUserSession(realm, id)))
                        .stream();
            }

            Stream<UserSessionModel> ofUser(String userId) {
                return Stream.ofNullable(session.users().getUserById(realm, userId))
                        .flatMap(user -> session.sessions().getUserSessionsStream(realm, user));
            }
        }
    }
}
