package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.CallGate.Passage;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.token.LatestUsed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds how much of one kind is under way with Gigya at once. A site gets three quarters of the places, so that one that
 * hangs leaves some to the others. Who waits longest is served first. Safe for use by many threads.
 */
final class Bulkhead {

    private final Semaphore places;
    private final LatestUsed<GigyaSite, Semaphore> placesOfSites;
    private final Semaphore seats;
    private final Duration patience;

    /**
     * Opens all places.
     *
     * @param most how much may be under way; at least one
     * @param waiting how much may wait besides; what comes on top is refused at once
     * @param patience how long it waits at most
     */
    Bulkhead(int most, int waiting, Duration patience) {
        this.places = new Semaphore(most, true);
        this.placesOfSites = new LatestUsed<>(() -> new Semaphore(Math.max(1, most * 3 / 4), true));
        this.seats = new Semaphore(waiting);
        this.patience = patience;
    }

    /** {@return a place, to be given back by its end; empty where none became free in time} */
    Optional<Passage> enter(GigyaSite site) throws InterruptedException {
        var ofSite = placesOfSites.of(site);
        var free = take(ofSite, Duration.ZERO);
        if (free.isPresent() || !seats.tryAcquire()) {
            return free;
        }
        try {
            return take(ofSite, patience);
        } finally {
            seats.release();
        }
    }

    private Optional<Passage> take(Semaphore ofSite, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        // The site's first: who waits for that one holds nothing that others could use.
        if (!ofSite.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        var isIn = false;
        try {
            isIn = places.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return isIn ? Optional.of(passage(ofSite)) : Optional.empty();
        } finally {
            if (!isIn) {
                ofSite.release();
            }
        }
    }

    private Passage passage(Semaphore ofSite) {
        var isOver = new AtomicBoolean();
        return () -> {
            if (!isOver.getAndSet(true)) {
                places.release();
                ofSite.release();
            }
        };
    }
}
