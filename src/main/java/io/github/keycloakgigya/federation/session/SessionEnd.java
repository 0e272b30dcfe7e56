package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.CommonClientSessionModel;

/**
 * Ends the sessions of a user, as Keycloak's own logout ends them, in the transaction in which the user is disabled or
 * removed: none of it happens where that is rolled back.
 *
 * <p>Keycloak itself leaves the sessions of a user who is disabled, so that they and their tokens are good again once the
 * user is enabled, and tells no client when one is removed (keycloak#37981). Here:
 *
 * <ul>
 *   <li>no token that was issued before is worth anything any more, whatever becomes of the sessions;
 *   <li>sessions and offline sessions are gone on all nodes;
 *   <li>their clients get the messages of Keycloak's back-channel logout, after the commit and in the background;
 *   <li>the identity provider that the person came by is not told: it is Gigya that knows already.
 * </ul>
 */
public final class SessionEnd {

    private static final Logger LOG = Logger.getLogger(SessionEnd.class);

    // Who signs in right after a change of the password stays signed in.
    private static final Duration CLOCKS = Duration.ofSeconds(3);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Set<String> spared;
    private final Optional<String> kept;

    /** Looks for the sessions of each user. */
    public SessionEnd(KeycloakSession session, RealmModel realm) {
        this(session, realm, Set.of(), Optional.empty());
    }

    private SessionEnd(KeycloakSession session, RealmModel realm, Set<String> spared, Optional<String> kept) {
        this.session = session;
        this.realm = realm;
        this.spared = spared;
        this.kept = kept;
    }

    /**
     * {@return what ends the sessions of many users without looking for those of each}
     *
     * @param sessionless the users who had no sessions a moment ago
     */
    public static SessionEnd sparing(Set<String> sessionless, KeycloakSession session, RealmModel realm) {
        return new SessionEnd(session, realm, sessionless, Optional.empty());
    }

    /**
     * {@return the same, which leaves the session of the login that this request belongs to: a browser's session goes on
     * when its person signs in anew} Only for a person who has proven who it is.
     */
    public SessionEnd exceptOfLogin() {
        var login = Optional.ofNullable(session.getContext().getAuthenticationSession());
        return new SessionEnd(
                session,
                realm,
                spared,
                login.map(open -> open.getParentSession().getId()));
    }

    /** {@return those of many users who have no sessions for sure, found by one statement} */
    public static Set<String> sessionlessAmong(Collection<String> userIds, KeycloakSession session, RealmModel realm) {
        return JpaSessionOwners.noneAmong(session, realm, userIds);
    }

    /**
     * Ends all sessions of a user. To be called before the user is disabled or removed.
     *
     * @param user whom Keycloak can still look up
     */
    public void of(UserModel user, EndReason why) {
        of(user, user.getId(), why);
    }

    /** Does the same, if the user has sessions. */
    public void left(UserModel user, EndReason why) {
        if (sessionlessAmong(Set.of(user.getId()), session, realm).isEmpty()) {
            of(user, why);
        }
    }

    /**
     * Ends all sessions of a user whose id holds the UID.
     *
     * @param named what events call the user
     */
    public void of(UserModel user, String named, EndReason why) {
        worthlessBefore(now(), user);
        end(user, named, why, any -> true);
    }

    /**
     * Ends those sessions of a user of Keycloak's own tables that began before a moment, and makes the tokens worthless that
     * were issued before it. Clocks may differ by a few seconds.
     */
    public void begunBefore(Instant moment, UserModel user, EndReason why) {
        begunBefore(moment, user, user.getId(), why);
    }

    /**
     * Does the same for a user whose id holds the UID, unless it was done already for that moment or a later one.
     *
     * @param named what events call the user
     */
    public void begunBeforeOnce(Instant moment, UserModel user, String named, EndReason why) {
        if (session.users().getNotBeforeOfUser(realm, user) < seconds(moment)) {
            begunBefore(moment, user, named, why);
        }
    }

    private void begunBefore(Instant moment, UserModel user, String named, EndReason why) {
        if (spared.contains(user.getId())) {
            return;
        }
        var seconds = seconds(moment);
        worthlessBefore(seconds, user);
        end(user, named, why, each -> each.getStarted() < seconds);
    }

    private static int seconds(Instant moment) {
        return (int) Math.min(moment.minus(CLOCKS).getEpochSecond(), now());
    }

    // As Keycloak counts, whose tests may move its clock.
    private static int now() {
        return (int) (Time.currentTimeMillis() / 1000);
    }

    private void worthlessBefore(int seconds, UserModel user) {
        if (session.users().getNotBeforeOfUser(realm, user) < seconds) {
            session.users().setNotBeforeForUser(realm, user, seconds);
        }
    }

    private void end(UserModel user, String named, EndReason why, Predicate<UserSessionModel> which) {
        if (spared.contains(user.getId())) {
            return;
        }
        var ended = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(which)
                .filter(each -> kept.filter(each.getId()::equals).isEmpty())
                .toList();
        if (!ended.isEmpty()) {
            var told = EndedSessions.of(session, realm);
            told.add(new UserEvents.Ended(named, why, ended.size()));
            end(ended, told);
        }
    }

    private void end(List<UserSessionModel> sessions, EndedSessions told) {
        var context = session.getContext();
        var client = context.getClient();
        var login = context.getAuthenticationSession();
        var logout = LogoutSession.of(session, told::tell);
        try {
            sessions.forEach(each -> {
                context.setAuthenticationSession(null);
                end(each, logout);
            });
        } finally {
            context.setAuthenticationSession(login);
            context.setClient(client);
        }
    }

    private void end(UserSessionModel each, KeycloakSession logout) {
        var client = each.getAuthenticatedClientSessions().values().stream().findFirst();
        if (client.isEmpty()) {
            remove(each);
            return;
        }
        // Where the request has none, Keycloak takes the account console's, and adds one to a realm that lacks it.
        session.getContext().setClient(client.get().getClient());
        try {
            EarlierRequest.standIn(session.getContext(), realm, each);
            leaveOutUnreachable(each);
            AuthenticationManager.backchannelLogout(
                    logout,
                    realm,
                    each,
                    session.getContext().getUri(),
                    session.getContext().getConnection(),
                    null,
                    false);
        } catch (RuntimeException unexpected) {
            // Its text may hold the person's name.
            LOG.warnf(
                    "Clients could not be told of the end of a session: %s",
                    unexpected.getClass().getSimpleName());
            remove(each);
        }
    }

    private void remove(UserSessionModel each) {
        if (each.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, each);
        } else {
            session.sessions().removeUserSession(realm, each);
        }
    }

    // Keycloak tells neither clients that only a browser can sign out nor those that are disabled, but writes the
    // person's name into the log for each.
    private static void leaveOutUnreachable(UserSessionModel each) {
        each.getAuthenticatedClientSessions().values().stream()
                .filter(of ->
                        of.getClient().isFrontchannelLogout() || !of.getClient().isEnabled())
                .forEach(of -> of.setAction(CommonClientSessionModel.Action.LOGGED_OUT.name()));
    }
}
