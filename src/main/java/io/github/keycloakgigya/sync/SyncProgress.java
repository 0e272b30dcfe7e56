package io.github.keycloakgigya.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Tells in the log how far a sync is. Used by several threads. */
final class SyncProgress {

    /** How often to call {@link #log()}. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(SyncProgress.class);

    private final String federation;
    private final Clock clock;
    private String what = "accounts";
    private Instant start;
    private long total;
    private long done;

    SyncProgress(String federation, Clock clock) {
        this.federation = federation;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Takes note of things that are dealt with. */
    synchronized void passed(int things, long ofTotal) {
        total = Math.max(total, ofTotal);
        done += things;
    }

    /** Begins to count other things. */
    synchronized void next(String things, long ofTotal) {
        what = things;
        start = clock.instant();
        total = ofTotal;
        done = 0;
    }

    /** {@return how many are dealt with} */
    synchronized long done() {
        return done;
    }

    /** {@return how many there are at most} */
    synchronized long total() {
        return total;
    }

    synchronized void log() {
        if (done > 0 && done < total) {
            LOG.infof("Sync of %s: %d of %d %s, %d a second, %s left", federation, done, total, what, rate(), left());
        }
    }

    /** {@return the time and the rate so far} */
    synchronized String summary() {
        return "%d %s in %d s, %d a second".formatted(done, what, millis() / 1000, rate());
    }

    private String left() {
        long seconds = (total - done) * millis() / done / 1000;
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private long rate() {
        return done * 1000 / millis();
    }

    private long millis() {
        return Math.max(1, Duration.between(start, clock.instant()).toMillis());
    }
}
