package io.github.keycloakgigya.signin;

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
public final class Admissibility {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks into a realm. */
    public Admissibility(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Makes sure that a user may sign in now.
     *
     * @param enabled whether the user counts as enabled
     */
    public void require(UserModel user, boolean enabled) throws SignInException {
        if (!enabled) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is disabled in Keycloak");
        }
        if (realm.isBruteForceProtected() && isLocked(user)) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is locked after failed sign-ins");
        }
    }

    private boolean isLocked(UserModel user) {
        var failures = session.loginFailures().getUserLoginFailure(realm, user.getId());
        return failures != null && isLocked(failures);
    }

    private boolean isLocked(UserLoginFailureModel failures) {
        return Time.currentTimeMillis() < 1000L * failures.getFailedLoginNotBefore()
                || realm.isPermanentLockout() && failures.getNumTemporaryLockouts() > realm.getMaxTemporaryLockouts();
    }
}
