package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress.Status;
import io.github.keycloakgigya.sync.SyncState;
import io.github.keycloakgigya.sync.SyncTarget;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What accounts are read for. Both do the same but for what is written, so that one tells what the other does. */
enum Aim {
    /** What goes along with them is taken over. */
    TRANSFER("the run") {
        @Override
        LeavingWork work(SyncTarget federation) {
            return LeavingWork.transfer(federation);
        }

        @Override
        LeavingProgress of(LeavingMemo memo) {
            return memo.progress();
        }

        @Override
        LeavingMemo in(LeavingMemo memo, LeavingProgress progress) {
            return memo.with(progress);
        }

        @Override
        SyncState keep(SyncState present, LeavingMemo memo, String site, Reached reached) {
            var with = reached.time().equals(Instant.EPOCH)
                    ? present.fromTheBeginning()
                    : present.withWatermark(site, reached.time());
            return with.withMemo(memo.at(reached.count(), reached.settled()).text());
        }
    },
    /** Nothing is written: it is told what a run would do. No other node goes on with it. */
    PREVIEW("the preview") {
        @Override
        LeavingWork work(SyncTarget federation) {
            return LeavingWork.preview(federation);
        }

        @Override
        LeavingProgress of(LeavingMemo memo) {
            return memo.preview();
        }

        @Override
        LeavingMemo in(LeavingMemo memo, LeavingProgress progress) {
            return memo.withPreview(progress);
        }

        @Override
        SyncState keep(SyncState present, LeavingMemo memo, String site, Reached reached) {
            // Where a run goes on stays as it is.
            return present.withMemo(memo.text());
        }
    };

    private final String title;

    Aim(String title) {
        this.title = title;
    }

    /** The checkpoint of a run, and what is behind it. */
    record Reached(Instant time, long count, LeavingTally settled) {}

    /** {@return what the log calls it} */
    String title() {
        return title;
    }

    /** {@return the kinds of work that a node does, or should} */
    static List<Aim> open(LeavingMemo memo) {
        return Stream.of(values()).filter(aim -> aim.of(memo).status().isOpen()).toList();
    }

    /**
     * {@return a memo by which such work, whose node is gone, has ended if it had not before}
     *
     * @param reason why, where nobody wanted it to
     */
    LeavingMemo ended(LeavingMemo memo, String reason) {
        var present = of(memo);
        return switch (present.status()) {
            case RUNNING -> in(memo, present.with(Status.FAILED, reason));
            case STOPPING -> in(memo, present.with(Status.STOPPED, ""));
            default -> memo;
        };
    }

    abstract LeavingWork work(SyncTarget federation);

    /** {@return how far the last such work is} */
    abstract LeavingProgress of(LeavingMemo memo);

    /** {@return a memo that says how far such work is} */
    abstract LeavingMemo in(LeavingMemo memo, LeavingProgress progress);

    /**
     * {@return a state that keeps a memo, and where such work goes on}
     *
     * @param site whose accounts are read
     */
    abstract SyncState keep(SyncState present, LeavingMemo memo, String site, Reached reached);
}
