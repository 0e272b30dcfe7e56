package io.github.keycloakgigya.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The right of one sync to write, or of one preview to read, on all nodes. Keycloak's own lock of a sync ends after 30 seconds, or the period of a
 * periodic sync.
 */
final class SyncLock implements AutoCloseable {

    /** How often to call {@link #renew()}. */
    static final Duration RENEWAL = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(SyncLock.class);

    // Ends before another node may take the lock, also where that node's clock is some seconds ahead.
    private static final Duration TRUST = SyncState.PATIENCE.minusSeconds(15);

    private final SyncStates states;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private volatile Instant renewed = Instant.MIN;
    private volatile boolean lost;
    private SyncState taken = SyncState.NEW;

    private SyncLock(SyncStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /** {@return the lock; empty while another sync or preview of the federation has it} */
    static Optional<SyncLock> take(SyncStates states, Clock clock) {
        var lock = new SyncLock(states, clock);
        states.create();
        return lock.isTaken() ? Optional.of(lock) : Optional.empty();
    }

    private boolean isTaken() {
        var now = clock.instant();
        var state = states.change(present -> !present.isOwnedAt(now), present -> present.ownedBy(owner, now));
        state.ifPresent(owned -> {
            taken = owned;
            renewed = now;
        });
        return state.isPresent();
    }

    /** {@return how far the syncs before came with this site} */
    Optional<Instant> watermarkOf(String site) {
        return taken.watermarkOf(site);
    }

    /** Shows all nodes that the sync is alive. */
    synchronized void renew() {
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
        return states.change(present -> present.isOwnedBy(owner), present -> present.ownedBy(owner, now));
    }

    /**
     * Makes sure that this sync may go on writing.
     *
     * @throws LockLostException where it may not
     */
    void require() {
        if (lost || Duration.between(renewed, clock.instant()).compareTo(TRUST) >= 0) {
            throw new LockLostException();
        }
    }

    /** Stores how far this sync came, for the next one. */
    synchronized void store(String site, Instant watermark) {
        if (states.change(present -> present.isOwnedBy(owner), present -> present.withWatermark(site, watermark))
                .isEmpty()) {
            lost = true;
        }
    }

    /** Lets the next sync begin. */
    @Override
    public synchronized void close() {
        try {
            states.change(present -> present.isOwnedBy(owner), SyncState::released);
        } catch (RuntimeException unavailable) {
            LOG.debugf("The lock of a sync could not be released, and ends by itself: %s", unavailable.getClass());
        }
    }
}
