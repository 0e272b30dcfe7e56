package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.SearchedAt;
import java.util.Objects;
import java.util.Optional;

/**
 * An account that may not sign in at Gigya, whatever else is known of it.
 *
 * @param uid its UID
 * @param searchedAt when the search said so
 */
public record InactiveAccount(Uid uid, SearchedAt searchedAt) {

    public InactiveAccount {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(searchedAt, "searchedAt");
    }

    /** {@return the account, where it is one} */
    static Optional<InactiveAccount> of(FoundProfile account) {
        return account.active()
                ? Optional.empty()
                : Optional.of(new InactiveAccount(
                        account.profile().uid(), new SearchedAt(account.lastUpdated(), account.readAt())));
    }
}
