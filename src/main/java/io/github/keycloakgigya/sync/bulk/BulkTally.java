package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FoundProfile;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of accounts while they are written. */
final class BulkTally {

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
