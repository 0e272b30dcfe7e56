package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.settings.connector.GigyaConnection;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;

/**
 * An account whose user a federation of the same accounts decides on.
 *
 * @param users those of the federation
 * @param uid the account's UID
 * @param known the account's user, where Keycloak knows one already
 */
record FederatedAccount(GigyaUsers users, String uid, Optional<UserModel> known) {

    /**
     * {@return an account that signs in; empty where it signs in a user who is not the federation's} For the federation's
     * users the UID says whose account it is, for all others the link does.
     *
     * @param linked the user whom the identity provider links the account to, and whom it may reach
     */
    static Optional<FederatedAccount> signingIn(GigyaUsers users, String uid, Optional<UserModel> linked) {
        if (linked.isEmpty()) {
            return Optional.of(new FederatedAccount(users, uid, users.findBeforeCall(uid)));
        }
        return users.owns(linked.get()) ? Optional.of(new FederatedAccount(users, uid, linked)) : Optional.empty();
    }

    /**
     * Makes sure that a signed-in user, whom the account may reach, may be linked to it. Whose account it is already,
     * Keycloak finds out by the links alone.
     */
    static void requireLinkable(GigyaUsers users, String uid, UserModel user) throws SignInException {
        if (users.owns(user)) {
            return;
        }
        // Without import every account has its user.
        if (!users.settings().importEnabled() || users.findBeforeCall(uid).isPresent()) {
            throw SignInException.of(SignInError.ALREADY_LINKED, "another user stands for the account");
        }
    }

    /** {@return what Gigya is asked for, so that the federation needs no call of its own} */
    Set<GigyaField> fields() {
        return users.settings().fields();
    }

    /** {@return whether the account's user may sign in, now that the account is known to exist} */
    boolean isEnabled(UserModel user) {
        return user.isEnabled() || users.isOnlyMissing(user);
    }

    /** Does what follows for the account's user where Gigya said that there is no such account, or that it is disabled. */
    void told(GigyaException failed) {
        users.told(uid, failed);
    }

    /**
     * {@return the account's user, brought up to date or made known to Keycloak; empty where there is none and its name
     * or address belongs to a user who is not the federation's} Such a user can be proven to be the same person's.
     */
    Optional<UserModel> admit(GigyaAccount account, GigyaConnection connection) throws SignInException {
        try {
            return Optional.of(users.admit(known, account, connection.accounts()));
        } catch (AccountConflictException conflict) {
            if (known.isEmpty() && !conflict.isOfFederation()) {
                return Optional.empty();
            }
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, conflict.getMessage());
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }
}
