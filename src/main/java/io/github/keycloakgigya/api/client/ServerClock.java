package io.github.keycloakgigya.api.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time at Gigya's servers, which refuse a request whose timestamp is more than 120 seconds off. It is this
 * machine's time until an answer shows that the machine's clock is wrong.
 *
 * <p>One for each API domain of a node, shared by all calls there. Safe for use by several threads.
 */
public final class ServerClock {

    // Below half of what Gigya tolerates the clock can't be the reason for a refusal.
    private static final Duration SMALLEST_ERROR = Duration.ofSeconds(60);
    // Beyond that, the Date header is less likely to be right than the machine, whose clock TLS has just relied on.
    private static final Duration LARGEST_ERROR = Duration.ofDays(1);

    private final Clock clock;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    /** Starts with this machine's time. */
    public ServerClock() {
        this(Clock.systemUTC());
    }

    /** Starts with the time of the given clock. */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /** {@return the time at Gigya, as far as it is known} */
    public Instant now() {
        return clock.instant().plus(offset.get());
    }

    /**
     * Learns from a refusal for a wrong timestamp.
     *
     * @param sent the time that the refused request gave
     * @param serverTime the {@code Date} header of the answer
     * @return whether the two differ so much that the refusal is explained and a new attempt makes sense
     */
    boolean learn(Instant sent, Instant serverTime) {
        // Compared with what was sent, not with now(): another thread may have learnt the same in the meantime.
        var error = Duration.between(sent, serverTime).abs();
        var correction = Duration.between(clock.instant(), serverTime);
        if (error.compareTo(SMALLEST_ERROR) < 0 || correction.abs().compareTo(LARGEST_ERROR) > 0) {
            return false;
        }
        offset.set(correction);
        return true;
    }
}
