package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.UserModel;

/** Whether Keycloak's brute-force protection has locked a user. */
final class Lockout {

    private final AuthenticationFlowContext context;

    Lockout(AuthenticationFlowContext context) {
        this.context = context;
    }

    Optional<SignInException> of(UserModel user) {
        return Optional.ofNullable(AuthenticatorUtils.getDisabledByBruteForceEventError(context, user))
                .map(error -> SignInException.of(SignInError.ACCOUNT_DISABLED, "brute-force protection: " + error));
    }
}
