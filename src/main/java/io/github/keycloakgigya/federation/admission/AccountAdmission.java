package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.transfer.SignInTransfer;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;

/**
 * The way from a proven UID to the user who signs in. Every door goes it, so that none forgets a step: who is expected,
 * who is known, whether Keycloak keeps that one out, what Gigya says now, whether that is what the door demands, and the
 * user brought up to date. Nobody is written who is kept out, and Gigya is not asked for who is kept out anyway.
 */
public final class AccountAdmission {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Optional<GigyaUsers> users;
    private final GigyaConnection connection;
    private final AccountInquiry inquiry;

    /**
     * Begins.
     *
     * @param users those of the federation that decides on the account; empty where none does
     * @param connection to the account's site
     * @param clock Keycloak's
     */
    public AccountAdmission(
            KeycloakSession session,
            RealmModel realm,
            Optional<GigyaUsers> users,
            GigyaConnection connection,
            Clock clock) {
        this.session = session;
        this.realm = realm;
        this.users = users;
        this.connection = connection;
        this.inquiry = new AccountInquiry(connection, clock);
    }

    /**
     * An account that is let in.
     *
     * @param account what Gigya says of it now
     * @param fields what Gigya was asked for
     * @param user of the federation, who stands for the account and is up to date; empty where no federation decides, or
     *     where the account's name or address belongs to a user who is not the federation's and can be proven to be the
     *     same person
     */
    public record Admitted(GigyaAccount account, Set<GigyaField> fields, Optional<UserModel> user) {}

    /**
     * Lets an account in. Commits nothing but what {@link GigyaUsers#admit} does.
     *
     * @param uid of the account, whose owner has proven to be that
     * @param entrance how the door lets people in
     * @param demands what Gigya's answer has to say
     * @throws SignInException where the account or its user may not come in, or nobody can tell
     */
    public Admitted admit(Uid uid, Entrance entrance, AccountDemands demands) throws SignInException {
        requireExpected(uid, entrance);
        var known = entrance.known().or(() -> users.flatMap(ofFederation -> ofFederation.findBeforeCall(uid)));
        if (known.isPresent()) {
            entrance.event().ifPresent(event -> event.user(known.get()));
            requireUnlocked(known.get(), entrance);
        }
        if (known.isPresent() && entrance.known().isEmpty()) {
            requireNoOtherLink(known.get(), uid, entrance);
        }
        if (known.isEmpty()) {
            requireNotReleased(users.flatMap(ofFederation -> ofFederation.released(uid)), entrance.event());
        }
        var answer = inquiry.ask(uid, demands, users);
        var transfer =
                users.flatMap(ofFederation -> SignInTransfer.begin(ofFederation.federation(), connection, uid, known));
        if (known.isPresent()) {
            entrance.names().ifPresent(names -> names.learn(known.get()));
        }
        var user = users.isPresent()
                ? upToDate(users.get(), known, answer.account(), entrance)
                : Optional.<UserModel>empty();
        if (known.isEmpty() && user.isPresent()) {
            // It may be an old user that was linked just now, and locked.
            requireUnlocked(user.get(), entrance);
        }
        if (transfer.isPresent() && user.isPresent()) {
            take(transfer.get(), user.get(), entrance);
        }
        return new Admitted(answer.account(), answer.fields(), user);
    }

    /**
     * Makes sure that the account's user has not left the federation: whoever has signs in at Keycloak, and nobody takes
     * that place.
     *
     * @param released the account's user who has left; empty where nobody has
     * @param event told of that user
     */
    public static void requireNotReleased(Optional<UserModel> released, Optional<EventBuilder> event)
            throws SignInException {
        if (released.isPresent()) {
            event.ifPresent(told -> told.user(released.get()));
            throw SignInException.of(SignInError.ACCOUNT_RELEASED, "the account's user has left Gigya");
        }
    }

    // Without import a federation knows the expected user, but not yet the account.
    private void requireExpected(Uid uid, Entrance entrance) throws SignInException {
        if (entrance.expected().isEmpty()) {
            return;
        }
        var expected = entrance.expected().get();
        var isKnown = entrance.known()
                .filter(known -> known.getId().equals(expected.getId()))
                .isPresent();
        var isOfAccount = users.filter(ofFederation -> ofFederation.standsFor(expected, uid))
                .isPresent();
        if (!isKnown && !isOfAccount) {
            // The expected user may have left since the login began.
            requireNotReleased(users.flatMap(ofFederation -> ofFederation.released(uid)), entrance.event());
            throw SignInException.of(SignInError.ANOTHER_USER, "another user has to sign in here");
        }
    }

    private void requireUnlocked(UserModel user, Entrance entrance) throws SignInException {
        if (entrance.guarded()) {
            var isEnabled = user.isEnabled()
                    || users.filter(ofFederation -> ofFederation.isOnlyMissing(user))
                            .isPresent();
            Lockout.requireNone(session, realm, user, isEnabled);
        }
    }

    private static void take(SignInTransfer transfer, UserModel user, Entrance entrance) throws SignInException {
        try {
            transfer.write(user, entrance.typed());
        } catch (ModelException givenUp) {
            throw SignInException.of(GigyaException.unavailable("the user is being written by another request"));
        }
    }

    private void requireNoOtherLink(UserModel user, Uid uid, Entrance entrance) throws SignInException {
        var link = entrance.identityProvider()
                .map(alias -> session.users().getFederatedIdentity(realm, user, alias))
                .filter(ofUser -> !uid.value().equals(ofUser.getUserId()));
        if (link.isPresent()) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the account's user is linked to another account");
        }
    }

    private Optional<UserModel> upToDate(
            GigyaUsers ofFederation, Optional<UserModel> known, GigyaAccount account, Entrance entrance)
            throws SignInException {
        try {
            return Optional.of(ofFederation.admit(known, account, connection.accounts()));
        } catch (AccountConflictException conflict) {
            if (conflict.isOfReleased()) {
                throw SignInException.of(SignInError.ACCOUNT_RELEASED, conflict.getMessage());
            }
            if (known.isEmpty() && entrance.identityProvider().isPresent() && !conflict.isOfFederation()) {
                return Optional.empty();
            }
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, conflict.getMessage());
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    /**
     * Whether Keycloak keeps a user out whose account is proven: one who is disabled, or locked by brute-force protection.
     *
     * <p>Keycloak's protector is not asked itself. Since 26.0 it also locks a user while another sign-in of the same user is
     * on its way (DefaultBlockingBruteForceProtector), so that nobody guesses in parallel. A proof is no guess, and a person
     * with two windows would be told that the account is disabled.
     */
    static final class Lockout {

        private Lockout() {}

        /**
         * Makes sure that a user may sign in now.
         *
         * @param enabled whether the user counts as enabled
         */
        static void requireNone(KeycloakSession session, RealmModel realm, UserModel user, boolean enabled)
                throws SignInException {
            if (!enabled) {
                throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is disabled in Keycloak");
            }
            if (realm.isBruteForceProtected() && isLocked(session, realm, user)) {
                throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is locked after failed sign-ins");
            }
        }

        private static boolean isLocked(KeycloakSession session, RealmModel realm, UserModel user) {
            var failures = session.loginFailures().getUserLoginFailure(realm, user.getId());
            return failures != null && isLocked(realm, failures);
        }

        private static boolean isLocked(RealmModel realm, UserLoginFailureModel failures) {
            return Time.currentTimeMillis() < 1000L * failures.getFailedLoginNotBefore()
                    || realm.isPermanentLockout()
                            && failures.getNumTemporaryLockouts() > realm.getMaxTemporaryLockouts();
        }
    }
}
