package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time in which something was wrong.
 *
 * @param fault what
 * @param begin when it was ordered
 * @param end when everything was as before: the servers may be slower until then
 * @param over when nobody had reason any more to fail; where a node is killed that is the moment of the kill, since the
 *     other one is there
 * @param excused an ending that is no failure until {@link #end} either: a node that has just started may not be in time
 *     for a person's call to Gigya
 * @param ownErrors finds category and message of the ERROR lines that belong to the fault
 */
public record Band(
        String fault, Instant begin, Instant end, Instant over, Optional<Ending> excused, Pattern ownErrors) {

    /** How long it may take until nobody fails any more, counted from {@link #over}. */
    public static final Duration RECOVERY = Duration.ofSeconds(2);

    /** {@return whether an operation may have met the fault, or the two seconds after it} */
    boolean excuses(Operation operation) {
        return operation.touches(begin, over.plus(RECOVERY))
                || slows(operation)
                        && excused.filter(operation.ending()::equals).isPresent();
    }

    /** {@return whether the time that an operation took says nothing} */
    boolean slows(Operation operation) {
        return operation.touches(begin, later(end, over).plus(RECOVERY));
    }

    /** {@return whether a line of a server's log belongs to the fault} Calls that were under way end a little later. */
    boolean owns(LogLine line, Duration afterwards) {
        return !line.at().isBefore(begin)
                && !line.at().isAfter(later(end, over).plus(afterwards))
                && ownErrors.matcher(line.category() + " " + line.message()).find();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
