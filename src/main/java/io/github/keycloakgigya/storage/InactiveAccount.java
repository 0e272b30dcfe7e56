package io.github.keycloakgigya.storage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An account that may not sign in at Gigya, whatever else is known of it.
 *
 * @param uid its UID
 * @param lastUpdated when it changed last, by Gigya's clock; empty where Gigya did not say
 * @param readAt when Gigya said all this, by Gigya's clock
 */
record InactiveAccount(String uid, Optional<Instant> lastUpdated, Instant readAt) {

    InactiveAccount {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(lastUpdated, "lastUpdated");
        Objects.requireNonNull(readAt, "readAt");
    }

    /** {@return the account, where it is one} */
    static Optional<InactiveAccount> of(BulkAccount account) {
        return account.active()
                ? Optional.empty()
                : Optional.of(new InactiveAccount(account.profile().uid(), account.lastUpdated(), account.readAt()));
    }
}
