package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import io.github.keycloakgigya.sync.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where another node can go on with a run: behind all accounts that changed before a time. Those that changed at that very
 * time are dealt with, and counted, again.
 */
final class Checkpoint {

    // Accounts of one time, or of none. A run with more of them begins again at the beginning.
    private static final int MOST_OPEN = 100_000;

    private final Watermark watermark;
    private LeavingTally settled;
    private long count;
    private Instant reached;
    private List<Open> open = new ArrayList<>();
    private boolean given = true;

    private record Open(Instant updated, LeavingWork.Done done) {}

    /**
     * Goes on from a checkpoint.
     *
     * @param start its time; {@link Instant#EPOCH} for the beginning
     * @param count of the accounts before
     * @param settled what became of these
     */
    Checkpoint(Instant start, long count, LeavingTally settled) {
        this.watermark = new Watermark(start);
        this.reached = start;
        this.count = count;
        this.settled = settled;
    }

    /** Takes note of an account that is dealt with; it settles with its page. */
    void add(Optional<Instant> updated, LeavingWork.Done done) {
        if (given) {
            open.add(new Open(updated.orElse(Instant.MAX), done));
        }
        if (open.size() > MOST_OPEN) {
            given = false;
            open = new ArrayList<>();
        }
    }

    /** Takes note of a page whose accounts are all dealt with. */
    void passed(SyncPage page) {
        watermark.passed(page);
        if (!given) {
            return;
        }
        var passed = watermark.ofPart();
        if (passed.isBefore(reached)) {
            forget();
            return;
        }
        reached = passed;
        var rest = new ArrayList<Open>();
        for (var one : open) {
            if (one.updated().isBefore(reached)) {
                one.done().count(settled);
                count++;
            } else {
                rest.add(one);
            }
        }
        open = rest;
    }

    /** Takes note of accounts that could not be read. */
    void unreadable(int accounts) {
        settled.failed(accounts);
        count += accounts;
    }

    // Without an order, accounts of any time may still come.
    private void forget() {
        given = false;
        open = new ArrayList<>();
        reached = Instant.EPOCH;
        count = 0;
        settled = new LeavingTally();
    }

    /** {@return its time} */
    Instant reached() {
        return reached;
    }

    /** {@return how many accounts are behind it} */
    long count() {
        return count;
    }

    /** {@return what became of these; not to be changed} */
    LeavingTally settled() {
        return settled;
    }
}
