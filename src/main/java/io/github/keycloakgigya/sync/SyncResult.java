package io.github.keycloakgigya.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.storage.user.SynchronizationResult;

/**
 * What a sync did, and what an administrator should know of it. The admin console shows the status only of a sync that is
 * marked as ignored, and calls every other one successful; and Keycloak takes no note of the time of one that is
 * ignored. So what did not come to its end is marked that way, and what has more to say than numbers where an
 * administrator waits for it.
 */
final class SyncResult extends SynchronizationResult {

    private final boolean counts;
    private final List<String> remarks;
    private int released;

    private SyncResult(boolean counts, List<String> remarks) {
        this.counts = counts;
        this.remarks = List.copyOf(remarks);
    }

    /** {@return the result of a sync that had nothing to do, or that must not run} Keycloak's user cache stays. */
    static SyncResult nothing(String reason) {
        var result = new SyncResult(false, List.of(reason));
        result.setIgnored(true);
        return result;
    }

    /** {@return the result of a sync that could not begin} */
    static SyncResult failed(String reason) {
        var result = nothing("Synchronization failed: " + reason);
        result.setFailed(1);
        return result;
    }

    /** {@return the result of a sync that came to its end} */
    static SyncResult whole(SyncTally tally, List<String> remarks) {
        var all = Stream.concat(tally.whyFailed().stream(), remarks.stream()).toList();
        var result = new SyncResult(true, all);
        result.setAdded(tally.added());
        result.setUpdated(tally.updated());
        result.setRemoved(tally.removed());
        result.setFailed(tally.failed());
        result.released = tally.released();
        return result;
    }

    /** {@return the result of a sync that ended before} Its end counts as a failure. */
    static SyncResult part(SyncTally tally, String reason) {
        var result = whole(tally, List.of("ended early: " + reason));
        result.setFailed(tally.failed() + 1);
        result.setIgnored(true);
        return result;
    }

    /**
     * {@return this result as the admin console shows it whole} Not for a periodic sync: where Keycloak takes no note of
     * its time, every node runs it (UserStorageSyncTask of 26.7).
     */
    SyncResult toAdministrator() {
        setIgnored(isIgnored() || !remarks.isEmpty());
        return this;
    }

    /** {@return the counts and the remarks, without a period at the end, which the admin console adds} */
    @Override
    public String getStatus() {
        var parts = new ArrayList<String>();
        if (counts) {
            parts.add("%d imported users, %d updated users, %d removed users, %d failed"
                    .formatted(getAdded(), getUpdated(), getRemoved(), getFailed()));
        }
        if (released > 0) {
            parts.add("%d released users left alone".formatted(released));
        }
        parts.addAll(remarks);
        return String.join("; ", parts);
    }
}
