package io.github.keycloakgigya.broker.signin;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * What a login demands of an account besides the proof of its owner.
 *
 * @param freshSince since when a new sign-in at Gigya is demanded
 * @param linking the signed-in user who is about to link the account; whom it is linked to already is not let in
 * @param renewing the user whose open session is to be renewed, and who alone may come: Keycloak would find out only after it
 *     made a new user
 */
public record LoginDemands(Optional<Instant> freshSince, Optional<UserModel> linking, Optional<UserModel> renewing) {

    /** {@return those of an app: none} */
    public static LoginDemands none() {
        return new LoginDemands(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Leaves the users out, so that no log shows them. */
    @Override
    public String toString() {
        return "LoginDemands[]";
    }
}
