package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.UserModel;

/**
 * What a login demands of an account besides the proof of its owner.
 *
 * @param freshSince since when a new sign-in at Gigya is demanded
 * @param linking the signed-in user who is about to link the account; whom it is linked to already is not let in
 * @param renewing the user whose open session is to be renewed
 */
public record LoginDemands(Optional<Instant> freshSince, Optional<UserModel> linking, Optional<UserModel> renewing) {

    /** {@return those of an app: none} */
    public static LoginDemands none() {
        return new LoginDemands(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Makes sure that nobody else than the user of the open session signs in. Keycloak would find out only after it made
     * a new user.
     *
     * @param isOfAccount whether a user is the account's
     */
    void requireExpected(Predicate<UserModel> isOfAccount) throws SignInException {
        if (renewing.isPresent() && !isOfAccount.test(renewing.get())) {
            throw SignInException.of(SignInError.ANOTHER_USER, "another user has to sign in here");
        }
    }

    /** Leaves the users out, so that no log shows them. */
    @Override
    public String toString() {
        return "LoginDemands[]";
    }
}
