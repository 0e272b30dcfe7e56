package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.sync.bulk.BulkResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

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
}
