package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what a recording holds against each promise. What only the database and the processes can tell was found while they
 * ran.
 *
 * @param recording of a soak that has ended
 * @param quietFrom from when on there was load and no fault
 * @param quietTo until when
 * @param doors what should have been tried
 * @param faults what should have gone wrong
 */
public record Judge(Recording recording, Instant quietFrom, Instant quietTo, Set<String> doors, Set<String> faults) {

    /** How much longer than in quiet times the slowest percent may take outside of faults. */
    public static final int LATENCY_FACTOR = 2;
    // Calls to Gigya under way end within seconds; Infinispan gives up on a lost node after 15.
    private static final Duration LOG_AFTERWARDS = Duration.ofSeconds(20);
    private static final int MOST_TEXT = 300;

    /** {@return everything that was promised and does not hold, by time} */
    public List<Finding> findings() {
        return Stream.of(
                        recording.findings().stream(),
                        unused(),
                        ended(Ending.INTRUSION, Promise.NOBODY_WRONGLY_IN),
                        ended(Ending.SERVER_ERROR, Promise.NO_SERVER_ERROR),
                        strangeErrors(),
                        lateFailures(),
                        slow().stream())
                .flatMap(found -> found)
                .sorted(Comparator.comparing(Finding::at))
                .toList();
    }

    private Stream<Finding> unused() {
        var successful = recording.operations().stream()
                .filter(operation -> operation.isRight() && band(operation).isEmpty())
                .map(Operation::door)
                .collect(Collectors.toSet());
        var happened = recording.bands().stream().map(Band::fault).collect(Collectors.toSet());
        return Stream.concat(
                        missing(doors, successful).map(door -> "nobody had success with: " + door),
                        missing(faults, happened).map(fault -> "there was no fault: " + fault))
                .map(what -> new Finding(Promise.EVERYTHING_HAPPENED, recording.start(), what));
    }

    private static Stream<String> missing(Set<String> wanted, Set<String> there) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing.stream();
    }

    private Stream<Finding> ended(Ending ending, Promise promise) {
        return recording.operations().stream()
                .filter(operation -> operation.ending() == ending)
                .map(operation -> finding(promise, operation));
    }

    private static Finding finding(Promise promise, Operation operation) {
        return new Finding(
                promise,
                operation.begin(),
                operation.door() + ": " + operation.ending().title() + ". " + operation.detail());
    }

    private Stream<Finding> strangeErrors() {
        return recording.log().stream()
                .filter(line -> line.level().equals("ERROR"))
                .filter(line -> recording.bands().stream().noneMatch(band -> band.owns(line, LOG_AFTERWARDS)))
                .map(line -> new Finding(
                        Promise.NO_STRANGE_ERROR,
                        line.at(),
                        line.node() + ": [" + line.category() + "] " + shortened(line.message())));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
    }

    private Stream<Finding> lateFailures() {
        return recording.operations().stream()
                .filter(operation -> !operation.isRight() && band(operation).isEmpty())
                .map(operation -> finding(Promise.FAULTS_END, operation));
    }

    private Optional<Band> band(Operation operation) {
        return recording.bands().stream()
                .filter(band -> band.excuses(operation))
                .findFirst();
    }

    /** {@return how long after a fault somebody still failed, and zero where nobody did} */
    public Duration recovery(Band band) {
        var next = recording.bands().stream()
                .map(Band::begin)
                .filter(begin -> begin.isAfter(band.begin()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return recording.operations().stream()
                .filter(operation -> !operation.isRight())
                .filter(operation -> operation.begin().isAfter(band.over())
                        && operation.end().isBefore(next))
                .map(operation -> Duration.between(band.over(), operation.begin()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private List<Finding> slow() {
        var found = new ArrayList<Finding>();
        var quiet = Times.percentile(99, quiet());
        var later = Times.percentile(99, undisturbed());
        if (later.compareTo(quiet.multipliedBy(LATENCY_FACTOR)) > 0) {
            found.add(new Finding(
                    Promise.TIME_HOLDS,
                    quietTo,
                    "99 % took up to " + later.toMillis() + " ms outside of faults, and " + quiet.toMillis()
                            + " ms in quiet times"));
        }
        return found;
    }

    /** {@return what somebody waited for before the first fault} */
    public List<Operation> quiet() {
        return recording.operations().stream()
                .filter(operation -> operation.timed()
                        && !operation.begin().isBefore(quietFrom)
                        && !operation.end().isAfter(quietTo))
                .toList();
    }

    /** {@return what somebody waited for after that, outside of faults} */
    public List<Operation> undisturbed() {
        return recording.operations().stream()
                .filter(operation -> operation.timed() && operation.begin().isAfter(quietTo))
                .filter(operation -> recording.bands().stream().noneMatch(band -> band.slows(operation)))
                .toList();
    }
}
