package io.github.keycloakgigya.sync;

import static java.util.Collections.max;
import static java.util.Collections.min;

import io.github.keycloakgigya.api.GigyaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Waits before a call is made again: half a second, then always twice as long, up to half a minute. Gives up after three
 * minutes: no longer, so that who started a sync by hand learns of it within Keycloak's own limit of five.
 */
public final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Lets time pass. */
    public interface Pause {

        /** By the thread's sleep. */
        Pause REAL = duration -> Thread.sleep(duration.toMillis());

        /** Waits so long. */
        void of(Duration duration) throws InterruptedException;
    }

    private final Pause pause;
    private final Clock clock;
    private Duration next = FIRST;
    private Optional<Instant> failing = Optional.empty();

    /** Has waited for nothing yet. */
    public BackOff(Pause pause, Clock clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /** Starts anew after a success. */
    public void succeeded() {
        next = FIRST;
        failing = Optional.empty();
    }

    /**
     * Waits, at least as long as Gigya asks for.
     *
     * @throws GigyaException the failure, where calls failed one after the other for three minutes
     */
    public void after(GigyaException failure) throws GigyaException, InterruptedException {
        var since = failing.orElseGet(clock::instant);
        failing = Optional.of(since);
        if (Duration.between(since, clock.instant()).compareTo(PATIENCE) >= 0) {
            throw failure;
        }
        var askedFor = min(List.of(failure.retryAfter().orElse(Duration.ZERO), LONGEST_ASKED_FOR));
        pause.of(max(List.of(askedFor, next)));
        next = min(List.of(next.multipliedBy(2), LONGEST));
    }
}
