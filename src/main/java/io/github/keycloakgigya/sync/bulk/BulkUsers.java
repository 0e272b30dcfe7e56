package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** {@return views of a list, one after the other, of which the last may be shorter; none of an empty list} */
    static <T> List<List<T>> batches(List<T> all, int most) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + most)
                .mapToObj(from -> all.subList(from, Math.min(from + most, all.size())))
                .toList();
    }

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

    /**
     * What became of accounts that were written together.
     *
     * @param added users that were not there before
     * @param updated users that were changed, or linked to their account
     * @param unchanged users to whom nothing was written
     * @param released accounts whose users have left the federation, to whom nothing is written
     * @param failed accounts that could not be written, with the reason
     */
    record BulkResult(int added, int updated, int unchanged, int released, List<Failure> failed) {

        public static final BulkResult NOTHING = new BulkResult(0, 0, 0, 0, List.of());

        /**
         * An account that could not be written.
         *
         * @param uid its UID
         * @param reason for the log: holds nothing of a person
         */
        public record Failure(Uid uid, String reason) {}

        public BulkResult {
            failed = List.copyOf(failed);
        }

        /** Counts what becomes of accounts while they are written. */
        static final class BulkTally {

            private final List<BulkResult.Failure> failed = new ArrayList<>();
            private int added;
            private int updated;
            private int unchanged;
            private int released;

            void add(int newlyAdded, int newlyUpdated, int leftUnchanged) {
                added += newlyAdded;
                updated += newlyUpdated;
                unchanged += leftUnchanged;
            }

            void released(int left) {
                released += left;
            }

            void add(FoundProfile account, Outcome outcome) {
                switch (outcome) {
                    case ADDED -> added++;
                    case UPDATED -> updated++;
                    case UNCHANGED -> unchanged++;
                    case RELEASED -> released++;
                    case CONFLICT -> fail(account, "its user name or e-mail address belongs to another user");
                }
            }

            void fail(FoundProfile account, String reason) {
                failed.add(new BulkResult.Failure(account.profile().uid(), reason));
            }

            BulkResult result() {
                return new BulkResult(added, updated, unchanged, released, failed);
            }

            /** What becomes of one account. */
            enum Outcome {
                ADDED,
                UPDATED,
                UNCHANGED,
                /** Its user has left the federation. */
                RELEASED,
                /** Its user name or e-mail address belongs to a user that it may not be linked to. */
                CONFLICT
            }
        }
    }
}
