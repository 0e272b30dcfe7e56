package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.admission.AccountAdmission;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.admission.Entrance;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Asks Gigya whether a user's password is right, and brings the user up to date where it is. */
final class GigyaLogin {

    private static final Logger LOG = Logger.getLogger(GigyaLogin.class);

    // Far more than anybody types. Without a bound, a stranger could send whole files through to Gigya.
    private static final int LONGEST_PASSWORD = 1024;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GigyaUsers users;

    GigyaLogin(KeycloakSession session, RealmModel realm, GigyaUsers users) {
        this.session = session;
        this.realm = realm;
        this.users = users;
    }

    /**
     * {@return whether the password is that of the user's account} Calls {@code accounts.login}, once, since Gigya counts
     * wrong passwords.
     *
     * @param password as typed; null or empty is a wrong one and never sent
     * @throws SignInException where Gigya did not say, or the account may not sign in
     */
    boolean isRight(UserModel user, String password) throws SignInException {
        var uid = FederatedUser.uidOf(user);
        if (uid.isEmpty() || password == null || password.isEmpty() || password.length() > LONGEST_PASSWORD) {
            return false;
        }
        var loginId = new LoginId(users.settings())
                .of(user, typed())
                .orElseThrow(() -> SignInException.of(
                        SignInError.PASSWORD_STEP_REQUIRED, "Keycloak knows no login identifier of the account"));
        var connection = session.getProvider(GigyaConnector.class)
                .connect(users.settings().site());
        var signedIn = login(connection, uid.get(), loginId, password);
        if (signedIn.isEmpty()) {
            return false;
        }
        if (!signedIn.equals(uid)) {
            LOG.warnf(
                    "The login identifier of user %s is that of another account in Gigya",
                    new UserIds(users.componentId()).inLog(user));
            return false;
        }
        refresh(connection, user, uid.get(), password);
        return true;
    }

    private Optional<String> typed() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(login -> login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME));
    }

    private Optional<Uid> login(GigyaConnection connection, Uid uid, String loginId, String password)
            throws SignInException {
        var address = Optional.ofNullable(session.getContext().getConnection()).map(ClientConnection::getRemoteAddr);
        try {
            return Optional.of(connection.api().login(new LoginRequest(loginId, password, address)));
        } catch (GigyaException failed) {
            if (failed.kind().isWrongPassword()) {
                return Optional.empty();
            }
            if (failed.kind() == FailureKind.ACCOUNT_DISABLED) {
                // The login identifier may have become another account's.
                users.confirmInactive(uid, connection::api);
            }
            throw SignInException.of(failed);
        }
    }

    // Without a verified answer nobody is let in here either, as at the other doors: roles may depend on an attribute
    // that Gigya has taken away since. Users that are not stored are read from Gigya anyway.
    private void refresh(GigyaConnection connection, UserModel user, Uid uid, String password) throws SignInException {
        if (!users.settings().importEnabled()) {
            return;
        }
        new AccountAdmission(session, realm, Optional.of(users), connection, Clock.systemUTC())
                .admit(uid, Entrance.ofPassword(user, password), AccountDemands.none());
    }

    /**
     * The login identifier by which Gigya knows a user's account.
     *
     * <p>Gigya signs people in by user name or e-mail address, never by UID. So it is the Keycloak user name where that
     * comes from one of these, and the e-mail address otherwise. One of them is sent, not one after the other: each wrong
     * attempt counts at Gigya, and two would lock people out after half of theirs.
     */
    record LoginId(StorageSettings settings) {

        private static final Set<GigyaField> IDENTIFIERS =
                Set.of(GigyaField.parse("profile.username"), GigyaField.parse("profile.email"));

        /**
         * {@return the login identifier; empty where the account has none that Keycloak knows}
         *
         * @param typed what led to the user, where somebody typed it: the phone number of an account that has nothing else
         */
        Optional<String> of(UserModel user, Optional<String> typed) {
            return username(user)
                    .or(() -> email(user))
                    .or(() -> typed.flatMap(settings::identifier).map(Identifier::value));
        }

        private Optional<String> username(UserModel user) {
            var source = settings.mappings().fieldOf(UserModel.USERNAME).orElse(settings.usernameField());
            return Optional.ofNullable(user.getUsername())
                    .filter(name -> IDENTIFIERS.contains(source))
                    .filter(name -> !isUid(name, user));
        }

        // The name of a user whose account has nothing in the field that the name comes from.
        private static boolean isUid(String name, UserModel user) {
            return FederatedUser.uidOf(user)
                    .filter(uid -> uid.value().toLowerCase(Locale.ROOT).equals(name))
                    .isPresent();
        }

        private Optional<String> email(UserModel user) {
            return settings.mappings()
                    .fieldOf(UserModel.EMAIL)
                    .filter(IDENTIFIERS::contains)
                    .map(source -> user.getEmail());
        }
    }
}
