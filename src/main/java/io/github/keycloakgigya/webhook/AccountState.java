package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.ToldAddresses;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnection;

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

    /**
     * {@return the state} Makes one call, {@code accounts.getAccountInfo}, and for an account that may sign in another one,
     * {@code accounts.getJWT}: the first says for sure who may, and the second what the mapped fields hold.
     *
     * @throws GigyaException where Gigya does not say
     */
    static AccountState of(String uid, GigyaConnection connection, StorageSettings settings) throws GigyaException {
        try {
            var info = connection.api().getAccountInfo(uid).about(uid);
            if (!info.active()) {
                return new Inactive();
            }
            return info.registered()
                    ? new Active(connection.accounts().read(uid, settings.fields()), new ToldAddresses(info))
                    : new Unfinished();
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
