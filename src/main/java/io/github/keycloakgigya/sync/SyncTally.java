package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.keycloak.storage.user.SynchronizationResult;

/**
 * Counts what a sync does, and names in the log the accounts that could not be brought over, by the ids of their users.
 */
final class SyncTally {

    private static final Logger LOG = Logger.getLogger(SyncTally.class);
    private static final int MOST_NAMED = 20;
    private static final int MOST_REASONS = 5;

    private final UserIds ids;
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private int added;
    private int updated;
    private int unchanged;
    private int released;
    private int removed;
    private int failed;
    private int skipped;

    SyncTally(UserIds ids) {
        this.ids = ids;
    }

    void written(BulkResult result) {
        added += result.added();
        updated += result.updated();
        unchanged += result.unchanged();
        released += result.released();
        result.failed().forEach(failure -> failed(failure.uid(), failure.reason()));
    }

    void failed(Uid uid, String reason) {
        failed++;
        count(reason, 1);
        LOG.logf(
                failed <= MOST_NAMED ? Level.WARN : Level.DEBUG,
                "The account of user %s was not synchronized: %s",
                ids.of(uid),
                reason);
        if (failed == MOST_NAMED) {
            LOG.warn("Further accounts that can't be synchronized are counted, and named at level DEBUG");
        }
    }

    /** Counts accounts that have no UID that could be named. */
    void nameless(int accounts) {
        failed += accounts;
        count("no usable UID", accounts);
        if (accounts > 0 && failed <= MOST_NAMED) {
            LOG.warnf("%d accounts without a usable UID were not synchronized", accounts);
        }
    }

    private void count(String reason, int accounts) {
        if (accounts > 0) {
            var isNamed = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
            reasons.merge(isNamed ? reason : "other reasons, which the log has", accounts, Integer::sum);
        }
    }

    /** {@return why accounts failed, with the number of each; empty where none did} */
    Optional<String> whyFailed() {
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of("failed because: "
                        + reasons.entrySet().stream()
                                .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                                .collect(Collectors.joining(", ")));
    }

    /** Counts accounts whose registration is not finished. */
    void skipped(int accounts) {
        skipped += accounts;
    }

    void removedUser() {
        removed++;
    }

    int added() {
        return added;
    }

    int updated() {
        return updated;
    }

    int unchanged() {
        return unchanged;
    }

    /** {@return how many accounts have users who have left the federation} */
    int released() {
        return released;
    }

    int removed() {
        return removed;
    }

    int failed() {
        return failed;
    }

    /** Counts for the metrics what a sync has done. */
    void report(SyncMeter meter) {
        meter.count(SyncMeter.Result.ADDED, added);
        meter.count(SyncMeter.Result.UPDATED, updated);
        meter.count(SyncMeter.Result.UNCHANGED, unchanged);
        meter.count(SyncMeter.Result.RELEASED, released);
        meter.count(SyncMeter.Result.REMOVED, removed);
        meter.count(SyncMeter.Result.FAILED, failed);
        meter.count(SyncMeter.Result.UNFINISHED, skipped);
    }

    boolean isNothing() {
        return added + updated + removed + failed == 0;
    }

    @Override
    public String toString() {
        return ("%d added, %d updated, %d unchanged, %d released and left alone, %d removed, %d failed, "
                        + "%d with an unfinished registration left out")
                .formatted(added, updated, unchanged, released, removed, failed, skipped);
    }

    /**
     * What a sync did, and what an administrator should know of it. The admin console shows the status only of a sync
     * that is marked as ignored, and calls every other one successful; and Keycloak takes no note of the time of one
     * that is ignored. So what did not come to its end is marked that way, and what has more to say than numbers where
     * an administrator waits for it.
     */
    static final class SyncResult extends SynchronizationResult {

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
            var all =
                    Stream.concat(tally.whyFailed().stream(), remarks.stream()).toList();
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
         * {@return this result as the admin console shows it whole} Not for a periodic sync: where Keycloak takes no
         * note of its time, every node runs it (UserStorageSyncTask of 26.7).
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
}
