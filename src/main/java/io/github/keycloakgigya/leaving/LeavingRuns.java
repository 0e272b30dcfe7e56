package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.sync.BackOff;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncLock.Workplace;
import io.github.keycloakgigya.sync.SyncTarget;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** The threads of this node in which runs and previews work. */
public final class LeavingRuns implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeavingRuns.class);
    private static final Clock CLOCK = Clock.systemUTC();

    private final ExecutorService threads = Executors.newCachedThreadPool(Workplace.daemons("gigya-leaving"));

    /**
     * Works in the background.
     *
     * @param taken the lock, which is given back at the end
     * @param memo where it goes on
     * @param from the time of its checkpoint; empty where it begins at the beginning
     */
    void begin(Aim aim, SyncTarget federation, SyncLock taken, LeavingMemo memo, Optional<Instant> from) {
        threads.execute(() -> run(aim, federation, taken, memo, from));
    }

    private static void run(Aim aim, SyncTarget federation, SyncLock taken, LeavingMemo memo, Optional<Instant> from) {
        try (var lock = taken) {
            var run = new LeavingRun(aim, federation, lock, memo, from, CLOCK);
            try (var place = place(lock, run::tell)) {
                run.run(self -> self.of(pages(federation, place, self.from())));
            }
        } catch (RuntimeException unstored) {
            LOG.warnf(
                    "How the transfer of %s ended could not be stored: %s",
                    federation.name(), unstored.getClass().getName());
        }
    }

    private static AccountPages pages(SyncTarget federation, Workplace place, Optional<Instant> from) {
        return new AccountPages(
                () -> federation.connect().leaving(),
                place.threads(),
                Math.min(SearchQuery.MOST, federation.settings().sync().pageSize()),
                from,
                federation.settings().sync().overlap(),
                BackOff.Pause.REAL,
                CLOCK);
    }

    /**
     * Works off the accounts of a file, while the caller waits, and {@return how that ended}
     *
     * @throws BrokenOffException where the server stops, or the database is gone
     */
    static LeavingAnswer whole(Aim aim, SyncTarget federation, SyncLock lock, LeavingMemo memo, InputStream file) {
        var lines = new AccountLines(file);
        var run = new LeavingRun(aim, federation, lock, memo, Optional.empty(), CLOCK);
        var place = place(lock, run::tell);
        try {
            run.run(self -> self.of(lines));
        } finally {
            place.close();
        }
        if (run.progress().status().isOpen()) {
            // Where another node has taken over, that is the reason.
            lock.renew();
            lock.require();
            throw new BrokenOffException();
        }
        return LeavingAnswer.of(run.progress()).withBadLines(lines.bad(), lines.badLines());
    }

    private static Workplace place(SyncLock lock, Runnable sign) {
        return new Workplace(lock, "gigya-leaving-calls", AccountPages.CALLERS, sign);
    }

    /** Stops all of them. Other nodes go on, or this one once it has started again. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The accounts of a file were dealt with in part only, since the server stops or the database is gone. */
    public static final class BrokenOffException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BrokenOffException() {
            super("The server stops, or its database is gone: send the file again");
        }
    }
}
