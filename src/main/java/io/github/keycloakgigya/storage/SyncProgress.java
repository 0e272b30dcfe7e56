package io.github.keycloakgigya.storage;

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
    private final Instant start;
    private volatile long total;
    private volatile long done;

    SyncProgress(String federation, Clock clock) {
        this.federation = federation;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Takes note of accounts that are dealt with. */
    void passed(int accounts, long ofTotal) {
        total = Math.max(total, ofTotal);
        done = done + accounts;
    }

    /** {@return the most accounts that Gigya named} */
    long total() {
        return total;
    }

    void log() {
        if (done > 0) {
            LOG.infof("Sync of %s: %d of %d accounts, %d a second, %s left", federation, done, total, rate(), left());
        }
    }

    /** {@return the time and the rate so far} */
    String summary() {
        return "%d accounts in %d s, %d a second".formatted(done, millis() / 1000, rate());
    }

    private String left() {
        var seconds = rate() == 0 ? 0 : Math.max(0, total - done) / rate();
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private long rate() {
        return done * 1000 / millis();
    }

    private long millis() {
        return Math.max(1, Duration.between(start, clock.instant()).toMillis());
    }
}
