package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The users of one federation in Keycloak's own storage, many at a time. Every method works in transactions of its own,
 * which are committed when it returns, and needs no Keycloak session of the caller's. Several threads may write different
 * accounts at the same time.
 */
public interface BulkUsers {

    /**
     * Adds the accounts' users, or changes those that are there. Writes only what differs. One bad account does not keep
     * the others from being written.
     */
    BulkResult write(List<FoundProfile> accounts);

    /**
     * Disables the users of accounts that may not sign in at Gigya, where there are any, and changes nothing else of
     * them. For accounts that can't be written.
     */
    void disable(List<InactiveAccount> accounts);

    /** {@return what {@link #write} would do, without doing it} */
    BulkResult preview(List<FoundProfile> accounts);

    /**
     * {@return users of the federation in the order of their ids}
     *
     * @param id only users behind this id; empty text for the first
     * @param most how many at most
     */
    List<KnownUser> after(String id, int most);

    /** {@return how many users the federation has} */
    long count();

    /**
     * A user of the federation.
     *
     * @param id its id in Keycloak
     * @param uid the account's UID; empty where the user has lost it
     * @param enabled whether it is enabled in Keycloak
     */
    record KnownUser(String id, Optional<Uid> uid, boolean enabled) {}

    /**
     * An account that may not sign in at Gigya, whatever else is known of it.
     *
     * @param uid its UID
     * @param searchedAt when the search said so
     */
    record InactiveAccount(Uid uid, SearchedAt searchedAt) {

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
}
