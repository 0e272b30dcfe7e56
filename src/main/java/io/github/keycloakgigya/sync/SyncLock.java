package io.github.keycloakgigya.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * The right of one sync to write, or of one preview to read, on all nodes. Keycloak's own lock of a sync ends after 30
 * seconds, or the period of a periodic sync.
 */
public final class SyncLock implements AutoCloseable {

    /** How often to call {@link #renew()}. */
    public static final Duration RENEWAL = Duration.ofSeconds(3);

    // A try against a database that is away may itself wait for a connection.
    private static final Duration RELEASE_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(SyncLock.class);

    // Both end before another node may take the lock, also where that node's clock is some seconds ahead.
    private static final Duration AHEAD = Duration.ofSeconds(15);
    private static final Duration TRUST = SyncState.PATIENCE.minus(AHEAD);
    // A node that stood still doesn't know whether the others took it for lost.
    private static final Duration TRUST_UNASKED = SyncState.PATIENCE_WITH_LOST.minus(AHEAD);

    private final SyncStates states;
    private final Clock clock;
    private final ClusterView cluster;
    private final String owner = UUID.randomUUID().toString();
    private volatile Instant renewed = Instant.MIN;
    private volatile boolean lost;
    private SyncState taken = SyncState.NEW;

    private SyncLock(SyncStates states, Clock clock, ClusterView cluster) {
        this.states = states;
        this.clock = clock;
        this.cluster = cluster;
    }

    /**
     * {@return the lock; empty while another sync or preview of the federation has it}
     *
     * @param cluster as it is now
     */
    public static Optional<SyncLock> take(SyncStates states, Clock clock, ClusterView cluster) {
        var lock = new SyncLock(states, clock, cluster);
        states.create();
        return lock.isTaken() ? Optional.of(lock) : Optional.empty();
    }

    private boolean isTaken() {
        var now = clock.instant();
        var state = states.change(present -> !present.isOwnedAt(now, cluster), present -> owned(present, now));
        state.ifPresent(owned -> {
            taken = owned;
            renewed = now;
        });
        return state.isPresent();
    }

    /** {@return the memo of the work before} */
    public String memo() {
        return taken.memo();
    }

    /** {@return how far the syncs before came with this site} */
    public Optional<Instant> watermarkOf(String site) {
        return taken.watermarkOf(site);
    }

    /** Shows all nodes that the sync is alive. */
    public synchronized void renew() {
        var now = clock.instant();
        try {
            if (change(now).isEmpty()) {
                lost = true;
            } else {
                renewed = now;
            }
        } catch (RuntimeException unavailable) {
            // The database may be back before another node takes the lock.
            LOG.debugf("The lock of a sync could not be renewed: %s", unavailable.getClass());
        }
    }

    private Optional<SyncState> change(Instant now) {
        return states.change(present -> present.isOwnedBy(owner), present -> owned(present, now));
    }

    private SyncState owned(SyncState present, Instant now) {
        return present.ownedBy(owner, cluster.self(), now);
    }

    /**
     * Makes sure that this sync may go on writing.
     *
     * @throws LockLostException where it may not
     */
    public void require() {
        if (isOlderThan(TRUST_UNASKED)) {
            renew();
        }
        if (lost || isOlderThan(TRUST)) {
            throw new LockLostException();
        }
    }

    private boolean isOlderThan(Duration age) {
        return Duration.between(renewed, clock.instant()).compareTo(age) >= 0;
    }

    /** Stores how far this sync came, for the next one. */
    void store(String site, Instant watermark) {
        store(present -> present.withWatermark(site, watermark));
    }

    /**
     * {@return the state after the owner of this lock has changed what it keeps; empty where it is the owner no longer}
     *
     * @param change of the watermark or the memo
     */
    public synchronized Optional<SyncState> store(UnaryOperator<SyncState> change) {
        var stored = states.change(present -> present.isOwnedBy(owner), change);
        if (stored.isEmpty()) {
            lost = true;
        }
        return stored;
    }

    /** Lets the next sync begin: at once, or as soon as the database answers again. */
    @Override
    public void close() {
        if (!isReleased()) {
            releaseLater();
        }
    }

    private synchronized boolean isReleased() {
        try {
            states.change(present -> present.isOwnedBy(owner), SyncState::released);
            return true;
        } catch (RuntimeException unavailable) {
            LOG.debugf("The lock of a sync could not be released yet: %s", unavailable.getClass());
            return false;
        }
    }

    // Until it has ended by itself. Another sync may own it by then, whose lock is not touched.
    private void releaseLater() {
        var threads = new ScheduledThreadPoolExecutor(1, Workplace.daemons("gigya-sync-release"));
        threads.scheduleWithFixedDelay(
                () -> {
                    if (isReleased() || isOlderThan(SyncState.PATIENCE)) {
                        threads.shutdown();
                    }
                },
                RELEASE_RETRY.toMillis(),
                RELEASE_RETRY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Another sync may write now, or the federation is gone. */
    public static final class LockLostException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * The threads that work under a lock needs besides its own: one shows that it is alive, the others are for the
     * work.
     */
    public static final class Workplace implements AutoCloseable {

        private final ScheduledExecutorService threads;

        /**
         * Begins to renew a lock.
         *
         * @param name of the threads
         * @param others how many threads the work needs
         * @param sign given from time to time, besides that the lock is renewed
         */
        public Workplace(SyncLock lock, String name, int others, Runnable sign) {
            var interval = SyncLock.RENEWAL.toMillis();
            threads = new ScheduledThreadPoolExecutor(others + 1, daemons(name));
            threads.scheduleWithFixedDelay(
                    () -> {
                        lock.renew();
                        sign.run();
                    },
                    interval,
                    interval,
                    TimeUnit.MILLISECONDS);
        }

        /** {@return what makes threads that keep no server from stopping} */
        public static ThreadFactory daemons(String name) {
            return work -> {
                var thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            };
        }

        /** {@return the threads of the work} */
        public ScheduledExecutorService threads() {
            return threads;
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
