package io.github.keycloakgigya.api.client;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** The moment at which a client's calls end, whatever happens; it is set by the first call. */
final class Deadline {

    private final Duration total;
    private final AtomicReference<OptionalLong> endNanos = new AtomicReference<>(OptionalLong.empty());

    Deadline(Duration total) {
        this.total = total;
    }

    /** {@return the time that is left, zero or below where there is none} The first call starts the clock. */
    Duration remaining() {
        long now = System.nanoTime();
        var end = endNanos.updateAndGet(known -> known.isPresent() ? known : OptionalLong.of(now + total.toNanos()));
        return Duration.ofNanos(end.getAsLong() - now);
    }

    /** {@return whether less than a millisecond is left} */
    boolean isOver() {
        return remaining().toMillis() < 1;
    }

    /** {@return the part of a limit that still fits, in milliseconds and at least one: Apache takes 0 as "forever"} */
    int shorten(Duration limit) {
        return (int) Math.max(1, Math.min(limit.toMillis(), remaining().toMillis()));
    }
}
