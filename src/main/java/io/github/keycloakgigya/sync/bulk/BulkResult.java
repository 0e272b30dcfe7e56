package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of accounts that were written together.
 *
 * @param added users that were not there before
 * @param updated users that were changed, or linked to their account
 * @param unchanged users to whom nothing was written
 * @param released accounts whose users have left the federation, to whom nothing is written
 * @param failed accounts that could not be written, with the reason
 */
public record BulkResult(int added, int updated, int unchanged, int released, List<Failure> failed) {

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
