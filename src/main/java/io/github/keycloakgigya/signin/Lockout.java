package io.github.keycloakgigya.signin;

import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;

/**
 * Whether Keycloak's brute-force protection has locked a user.
 *
 * <p>Keycloak's protector is not asked itself. Since 26.0 it also locks a user while another sign-in of the same user is
 * on its way (DefaultBlockingBruteForceProtector), so that nobody guesses in parallel. A proof is no guess, and a person
 * with two windows would be told that the account is disabled.
 */
public final class Lockout {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks into a realm. */
    public Lockout(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** {@return why the user may not sign in now; empty where nothing keeps it out} */
    public Optional<SignInException> of(UserModel user) {
        if (!realm.isBruteForceProtected()) {
            return Optional.empty();
        }
        return Optional.ofNullable(session.loginFailures().getUserLoginFailure(realm, user.getId()))
                .filter(failures -> isLocked(realm, failures))
                .map(failures ->
                        SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is locked after failed sign-ins"));
    }

    private static boolean isLocked(RealmModel realm, UserLoginFailureModel failures) {
        return Time.currentTimeMillis() < 1000L * failures.getFailedLoginNotBefore()
                || realm.isPermanentLockout() && failures.getNumTemporaryLockouts() > realm.getMaxTemporaryLockouts();
    }
}
