package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether the application, or Keycloak itself, demands a new sign-in although a session may be open at Gigya. */
public final class Reauthentication {

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;
    private final boolean reachesLevels;

    /** Looks at one login. */
    public Reauthentication(KeycloakSession session, AuthenticationSessionModel login) {
        this(session, login, false);
    }

    private Reauthentication(KeycloakSession session, AuthenticationSessionModel login, boolean reachesLevels) {
        this.session = session;
        this.login = login;
        this.reachesLevels = reachesLevels;
    }

    /**
     * {@return the same login at a step of a flow} Only there a sign-in reaches a level of authentication: Keycloak gives
     * none to who comes from an identity provider (IdentityBrokerService of 26.7).
     */
    public Reauthentication atStep() {
        return new Reauthentication(session, login, true);
    }

    /** {@return whether it is} */
    public boolean isDemanded() {
        return isOfOpenSession()
                || isDemandedByProtocol()
                || isDemandedWithoutSession()
                // A restart drops SAML's note, but not the demand.
                || LoginBinding.of(login).freshSince().isPresent();
    }

    /** {@return the user whose open Keycloak session has to be renewed} An earlier step may name one without proof. */
    public Optional<UserModel> user() {
        return Optional.ofNullable(login.getAuthenticatedUser())
                .filter(user -> (isSessionTooOld() || isLevelTooLow()) && hasSession(user));
    }

    // The notes of a session stay with a login whose browser has lost it, or names somebody else by now.
    private boolean hasSession(UserModel user) {
        return openSession()
                .filter(open -> open.user().getId().equals(user.getId()))
                .isPresent();
    }

    private Optional<AuthResult> openSession() {
        return Optional.ofNullable(AuthenticationManager.authenticateIdentityCookie(session, login.getRealm(), true));
    }

    private boolean isOfOpenSession() {
        // In a login without a session, steps before this one may have reached a level.
        return isSessionTooOld() || isLevelTooLow() && openSession().isPresent();
    }

    // Keycloak's cookie authenticator leaves the note where it found a session that is not good enough.
    private boolean isSessionTooOld() {
        return Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION));
    }

    // It never had the level of authentication that is asked for (acr_values), or no longer has it. The cookie
    // authenticator notes its level, names its user and goes on then; SSO_AUTH says that the level was enough (26.7).
    private boolean isLevelTooLow() {
        return reachesLevels
                && login.getAuthenticatedUser() != null
                && login.getAuthNote(Constants.LEVEL_OF_AUTHENTICATION) != null
                && !Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.SSO_AUTH));
    }

    // prompt=login of OpenID Connect, ForceAuthn of SAML.
    private boolean isDemandedByProtocol() {
        return session.getProvider(LoginProtocol.class, login.getProtocol()).requireReauthentication(null, login);
    }

    // Without a Keycloak session the protocol has nothing to hold these against, but a Gigya session may be weeks old,
    // and Keycloak would call the sign-in one of this moment.
    private boolean isDemandedWithoutSession() {
        return login.getClientNote(OIDCLoginProtocol.MAX_AGE_PARAM) != null
                || login.getClientNote(Constants.KC_ACTION) != null;
    }

    /**
     * Checks at Gigya that a person signed in there since Keycloak demanded it ({@code prompt=login}, {@code max_age}, a
     * sensitive action). A browser's word is not enough: its proof may come from a session that was open all along.
     */
    public static final class FreshSignIn {

        // iat has no fraction, and a call takes time.
        private static final Duration TOLERANCE = Duration.ofSeconds(3);

        private final GigyaConnection connection;
        private final Clock clock;

        /** Asks one site. */
        public FreshSignIn(GigyaConnection connection, Clock clock) {
            this.connection = connection;
            this.clock = clock;
        }

        /**
         * Makes sure of it.
         *
         * @param since when Keycloak demanded the sign-in, by Keycloak's clock
         * @param account what Gigya said of the account a moment ago, which tells Gigya's clock
         * @throws SignInException where the account's last sign-in is older, or unknown
         */
        public void require(Instant since, GigyaAccount account) throws SignInException {
            var earliest = earliest(since, account);
            if (lastLogin(account.uid()).isBefore(earliest)) {
                throw SignInException.of(
                        SignInError.PROOF_EXPIRED, "the sign-in at Gigya is older than the one demanded");
            }
        }

        /**
         * {@return whether the person may have signed in there since; false where Gigya does not say}
         *
         * @param since by Keycloak's clock
         * @param account what Gigya said of the account a moment ago, which tells Gigya's clock
         */
        boolean isSince(Instant since, GigyaAccount account) throws GigyaException {
            var earliest = earliest(since, account);
            return connection
                    .api()
                    .getAccountInfo(account.uid())
                    .lastLogin()
                    .filter(lastLogin -> !lastLogin.isBefore(earliest))
                    .isPresent();
        }

        private Instant earliest(Instant since, GigyaAccount account) {
            var clockOffset = Duration.between(clock.instant(), account.asOf());
            return since.plus(clockOffset).minus(TOLERANCE);
        }

        private Instant lastLogin(Uid uid) throws SignInException {
            try {
                var account = connection.accounts().state(uid);
                if (!account.active()) {
                    throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the account is disabled in Gigya");
                }
                return account.lastLogin()
                        .orElseThrow(() -> SignInException.of(
                                SignInError.PROOF_EXPIRED, "Gigya does not say when the account last signed in"));
            } catch (GigyaException failed) {
                throw SignInException.of(failed);
            }
        }
    }
}
