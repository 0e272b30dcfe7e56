package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.monitoring.Door;
import io.github.keycloakgigya.settings.connector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.Admissibility;
import io.github.keycloakgigya.signin.CachedNames;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/** The way from a proven UID to a signed-in user, which every authenticator goes. */
final class ProvenSignIn {

    private final AuthenticationFlowContext context;
    private final Door door;
    private final GigyaUsers users;
    private final GigyaConnection connection;
    private final CachedNames names;

    /** What an authenticator demands of an account besides. */
    interface AccountCheck {
        void require(GigyaAccount account) throws SignInException;
    }

    /** To be made before the proof is verified, which takes time in which users may change. */
    ProvenSignIn(AuthenticationFlowContext context, Door door, GigyaUsers users, GigyaConnection connection) {
        this.names = new CachedNames(context.getSession(), context.getRealm());
        this.context = context;
        this.door = door;
        this.users = users;
        this.connection = connection;
    }

    /**
     * Finds the user of an account, brings it up to date with what Gigya says now, and ends the step with it.
     *
     * @param uid of the account, proven
     * @param check what Gigya's answer has to pass before anything is written
     * @param logoutFromGigya whether a sign-out in Keycloak is to end the Gigya session
     */
    void complete(String uid, AccountCheck check, boolean logoutFromGigya) throws SignInException {
        new SignInEvents(context.getEvent()).proven(uid);
        requireExpectedUser(uid);
        var known = users.findBeforeCall(uid);
        if (known.isPresent()) {
            noteUser(known.get());
            requireAdmissible(known.get());
        }
        var account = read(uid);
        check.require(account);
        // A user whom the login names already is loaded since before this step began.
        if (known.isPresent() && context.getUser() == null) {
            names.learn(known.get());
        }
        var user = admit(known, account);
        if (known.isEmpty()) {
            // It may be an old user that was linked just now, and locked.
            requireAdmissible(user);
        }
        if (logoutFromGigya) {
            new SignOutNote(users.componentId(), uid).leaveIn(context.getAuthenticationSession());
        }
        noteUser(user);
        context.setUser(user);
        GigyaConnector.metersOf(context.getSession()).signIns().succeeded(door);
        context.success();
    }

    // An earlier step, or a session that has to be renewed, may have named the user already.
    private void requireExpectedUser(String uid) throws SignInException {
        var expected = context.getUser();
        if (expected != null && !users.standsFor(expected, uid)) {
            throw SignInException.of(SignInError.ANOTHER_USER, "another user has to sign in here");
        }
    }

    private void noteUser(UserModel user) {
        context.getEvent().user(user);
    }

    private void requireAdmissible(UserModel user) throws SignInException {
        new Admissibility(context.getSession(), context.getRealm())
                .require(user, user.isEnabled() || users.isOnlyMissing(user));
    }

    private GigyaAccount read(String uid) throws SignInException {
        try {
            return connection.accounts().read(uid, users.settings().fields());
        } catch (GigyaException failed) {
            users.told(uid, failed);
            throw SignInException.of(failed);
        }
    }

    private UserModel admit(Optional<UserModel> known, GigyaAccount account) throws SignInException {
        try {
            return users.admit(known, account, connection.accounts());
        } catch (AccountConflictException conflict) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, conflict.getMessage());
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }
}
