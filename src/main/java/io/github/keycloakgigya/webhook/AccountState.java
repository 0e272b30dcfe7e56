package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;

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
}
