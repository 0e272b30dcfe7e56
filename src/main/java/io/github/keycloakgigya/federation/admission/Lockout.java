package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;

/**
 * Whether Keycloak keeps a user out whose account is proven: one who is disabled, or locked by brute-force protection.
 *
 * <p>Keycloak's protector is not asked itself. Since 26.0 it also locks a user while another sign-in of the same user is
 * on its way (DefaultBlockingBruteForceProtector), so that nobody guesses in parallel. A proof is no guess, and a person
 * with two windows would be told that the account is disabled.
 */
final class Lockout {

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
                || realm.isPermanentLockout() && failures.getNumTemporaryLockouts() > realm.getMaxTemporaryLockouts();
    }
}
