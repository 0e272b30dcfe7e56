package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The plots of a soak, by the names of their files. */
final class SoakPlots {

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final double MEGABYTE = 1 << 20;

    private final Recording recording;
    private final Duration length;
    private final List<List<Operation>> steps = new ArrayList<>();

    private SoakPlots(Recording recording) {
        this.recording = recording;
        var end = recording.operations().stream()
                .map(Operation::end)
                .max(Instant::compareTo)
                .orElse(recording.start());
        length = Duration.between(recording.start(), end);
        for (long step = 0; step <= length.dividedBy(STEP); step++) {
            steps.add(new ArrayList<>());
        }
        recording
                .operations()
                .forEach(operation -> steps.get((int) Duration.between(recording.start(), operation.begin())
                                .dividedBy(STEP))
                        .add(operation));
    }

    static Map<String, Chart> of(Recording recording) {
        var plots = new SoakPlots(recording);
        var charts = new LinkedHashMap<String, Chart>();
        charts.put("soak-rates.svg", plots.rates());
        charts.put("soak-errors.svg", plots.errors());
        charts.put("soak-latencies.svg", plots.latencies());
        charts.put("soak-heap.svg", plots.samples("Live heap, MB", List.of("heap, "), MEGABYTE));
        charts.put(
                "soak-threads-and-sockets.svg",
                plots.samples("Threads and sockets of each node", List.of("threads, ", "sockets, "), 1));
        return charts;
    }

    private Chart rates() {
        var lines = new LinkedHashMap<String, List<Sample>>();
        lines.put("all", line(SoakPlots::perSecond));
        lines.put(
                Ending.RIGHT.title(),
                line(step -> perSecond(step.stream().filter(Operation::isRight).toList())));
        return chart("Attempts a second", false, lines);
    }

    private Chart errors() {
        var lines = new LinkedHashMap<String, List<Sample>>();
        for (var ending : Ending.values()) {
            if (ending != Ending.RIGHT) {
                lines.put(
                        ending.title(),
                        line(step -> perSecond(step.stream()
                                .filter(operation -> operation.ending() == ending)
                                .toList())));
            }
        }
        return chart("Attempts a second that ended otherwise", false, lines);
    }

    private Chart latencies() {
        var lines = new LinkedHashMap<String, List<Sample>>();
        for (int percent : List.of(50, 99)) {
            var times = line(step -> Times.percentile(
                            percent, step.stream().filter(Operation::timed).toList())
                    .toMillis());
            // While everybody still waits nobody begins anything, so there is no time to tell.
            times.removeIf(sample -> sample.value() == 0);
            lines.put(percent + " %", times);
        }
        return chart("Time that so many percent of the attempts took at most, ms", true, lines);
    }

    private Chart samples(String title, List<String> prefixes, double unit) {
        var lines = new LinkedHashMap<String, List<Sample>>();
        for (var prefix : prefixes) {
            Function<String, List<Sample>> scaled = name -> recording.series(name).stream()
                    .map(sample -> new Sample(sample.at(), sample.value() / unit))
                    .toList();
            recording.seriesOf(prefix).forEach(name -> lines.put(name, scaled.apply(name)));
        }
        return chart(title, false, lines);
    }

    private Chart chart(String title, boolean logarithmic, Map<String, List<Sample>> lines) {
        return new Chart(title, recording.start(), length, logarithmic, recording.bands(), lines);
    }

    private List<Sample> line(ToDoubleFunction<List<Operation>> figure) {
        var line = new ArrayList<Sample>();
        for (int step = 0; step < steps.size(); step++) {
            line.add(new Sample(
                    recording.start().plus(STEP.multipliedBy(step)).plus(STEP.dividedBy(2)),
                    figure.applyAsDouble(steps.get(step))));
        }
        return line;
    }

    private static double perSecond(List<Operation> operations) {
        return operations.size() / (double) STEP.toSeconds();
    }
}
