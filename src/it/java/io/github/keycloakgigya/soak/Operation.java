package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that somebody tried once.
 *
 * @param door what it was, a sign-in at a certain entry point say
 * @param begin when the first request went out
 * @param end when the last answer had come
 * @param detail of an ending that is not {@link Ending#RIGHT}; empty otherwise
 * @param timed whether somebody waits for it, so that its time counts: a sync's does not
 */
public record Operation(String door, Instant begin, Instant end, Ending ending, String detail, boolean timed) {

    /** {@return how long it took} */
    public Duration took() {
        return Duration.between(begin, end);
    }

    /** {@return whether a part of it lies between two moments} */
    boolean touches(Instant from, Instant to) {
        return !end.isBefore(from) && !begin.isAfter(to);
    }

    boolean isRight() {
        return ending == Ending.RIGHT;
    }
}
