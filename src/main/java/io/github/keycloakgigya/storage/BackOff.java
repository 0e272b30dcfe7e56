package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.GigyaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits before a call is made again: half a second, then always twice as long, up to half a minute. */
final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofSeconds(60);

    /** For a call whose failure loses nothing: the first of a sync, or one about a user who may be removed. */
    static final Duration AT_FIRST = Duration.ofSeconds(20);

    /** For a call in the midst of the work. */
    static final Duration LATER = Duration.ofMinutes(3);

    /** Lets time pass. */
    interface Pause {

        Pause REAL = duration -> Thread.sleep(duration.toMillis());

        void of(Duration duration) throws InterruptedException;
    }

    private final Pause pause;
    private final Clock clock;
    private Duration next = FIRST;
    private Optional<Instant> failing = Optional.empty();

    BackOff(Pause pause, Clock clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /** Starts anew after a success. */
    void succeeded() {
        next = FIRST;
        failing = Optional.empty();
    }

    /**
     * Waits, at least as long as Gigya asks for.
     *
     * @param patience how long calls may fail one after the other
     * @throws GigyaException the failure, where they failed for longer
     */
    void after(GigyaException failure, Duration patience) throws GigyaException, InterruptedException {
        var since = failing.orElseGet(clock::instant);
        failing = Optional.of(since);
        if (Duration.between(since, clock.instant()).compareTo(patience) >= 0) {
            throw failure;
        }
        var wait = failure.retryAfter()
                .map(asked -> asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked)
                .filter(asked -> asked.compareTo(next) > 0)
                .orElse(next);
        pause.of(wait);
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    }
}
