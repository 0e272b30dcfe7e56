package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of an account, as searches find it.
 *
 * @param communication which of its communications the row is about; empty where it is about the account
 */
record SearchedAccount(
        String uid,
        boolean isActive,
        boolean isRegistered,
        boolean isVerified,
        AccountDates dates,
        Instant passwordCreated,
        Luggage luggage,
        LoginIds loginIds,
        AccountEmails emails,
        StoredFields fields,
        Optional<String> communication) {

    /** {@return the same account as the row of one of its communications} */
    SearchedAccount of(String name) {
        return new SearchedAccount(
                uid,
                isActive,
                isRegistered,
                isVerified,
                dates,
                passwordCreated,
                luggage,
                loginIds,
                emails,
                fields,
                Optional.of(name));
    }
}
