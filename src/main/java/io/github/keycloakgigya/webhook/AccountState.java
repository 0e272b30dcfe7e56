package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import org.keycloak.models.UserModel;

/** What Gigya says of one account when it is asked. */
sealed interface AccountState {

    /** There is none: proven. */
    record Gone() implements AccountState {}

    /** It may not sign in. */
    record Inactive() implements AccountState {}

    /** It waits for its owner, whose registration is not finished. */
    record Unfinished() implements AccountState {}

    /** It may sign in. */
    record Active(GigyaAccount account, ToldAddresses addresses) implements AccountState {}

    /** It may sign in, and its user knows all that changed. */
    record Current() implements AccountState {}

    /** Tells whether the user of an account knows all of it already. */
    interface Knowledge {
        boolean covers(AccountInfo state);
    }

    /**
     * {@return the state} Makes one call, {@code accounts.getAccountInfo}, which says for sure who may sign in, and what no
     * token holds. Only for an account that may, and that has changed since its user was read, it makes another one,
     * {@code accounts.getJWT}, for what the mapped fields hold now.
     *
     * @throws GigyaException where Gigya does not say
     */
    static AccountState of(Uid uid, GigyaConnection connection, StorageSettings settings, Knowledge knowledge)
            throws GigyaException {
        try {
            var accounts = connection.accounts();
            var state = accounts.state(uid, settings.fields());
            if (!state.active()) {
                return new Inactive();
            }
            if (!state.registered()) {
                return new Unfinished();
            }
            return knowledge.covers(state)
                    ? new Current()
                    : new Active(accounts.read(uid, settings.fields()), ToldAddresses.of(state));
        } catch (GigyaException failed) {
            if (failed.kind().provesAbsence()) {
                return new Gone();
            }
            if (failed.kind() == FailureKind.ACCOUNT_DISABLED) {
                return new Inactive();
            }
            if (failed.kind() == FailureKind.ACCOUNT_INCOMPLETE) {
                return new Unfinished();
            }
            throw failed;
        }
    }

    /**
     * {@return whether the account was read for its user after its last change} An event about one that has not changed
     * costs one call by that. False where that can't be told, and for users who are not imported.
     *
     * @param state what Gigya says of the account now
     * @param users of the federation
     */
    static boolean isKnown(Uid uid, AccountInfo state, GigyaUsers users) {
        var settings = users.settings();
        return users.find(uid)
                .filter(user -> !users.isOnlyMissing(user))
                .filter(user -> knowsChange(user, state, settings)
                        && knowsAddress(user, state)
                        && knowsPassword(user, state, settings))
                .isPresent();
    }

    // Nobody documents that consents and organizations change the date of the account, nor that what follows does.
    private static boolean knowsChange(UserModel user, AccountInfo state, StorageSettings settings) {
        var asOf = FederatedUser.asOf(user);
        return GigyaField.sectionsOf(settings.fields()).isEmpty()
                && state.lastUpdated()
                        .filter(changed -> asOf.filter(changed::isBefore).isPresent())
                        .isPresent();
    }

    private static boolean knowsAddress(UserModel user, AccountInfo state) {
        return user.isEmailVerified() || state.verifiedEmails().isEmpty();
    }

    private static boolean knowsPassword(UserModel user, AccountInfo state, StorageSettings settings) {
        var counts = settings.endSessionsOnPasswordChange();
        return state.passwordCreated()
                .filter(created -> FederatedUser.isNewerThanTaken(user, created)
                        || counts && FederatedUser.isNewPassword(user, created))
                .isEmpty();
    }
}
