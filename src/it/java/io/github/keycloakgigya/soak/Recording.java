package io.github.keycloakgigya.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes down what happens in a soak. Thread-safe; what it answers are copies. */
public final class Recording {

    private final Instant start = Instant.now();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, List<Sample>> series = new LinkedHashMap<>();

    /** {@return when it began} */
    public Instant start() {
        return start;
    }

    public synchronized void add(Operation operation) {
        operations.add(operation);
    }

    public synchronized void add(Band band) {
        bands.add(band);
    }

    public synchronized void addLog(List<LogLine> lines) {
        log.addAll(lines);
    }

    /** Takes down what was seen while it happened; the same only once. */
    public synchronized void add(Finding finding) {
        boolean known = findings.stream()
                .anyMatch(
                        one -> one.promise() == finding.promise() && one.what().equals(finding.what()));
        if (!known) {
            findings.add(finding);
        }
    }

    /** Takes down a figure of the present. */
    public synchronized void sample(String name, double value) {
        series.computeIfAbsent(name, any -> new ArrayList<>()).add(new Sample(Instant.now(), value));
    }

    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    public synchronized List<Band> bands() {
        return List.copyOf(bands);
    }

    public synchronized List<LogLine> log() {
        return List.copyOf(log);
    }

    public synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** {@return the figures of this name, the oldest first} */
    public synchronized List<Sample> series(String name) {
        return List.copyOf(series.getOrDefault(name, List.of()));
    }

    /** {@return the names of all figures that begin so} */
    public synchronized List<String> seriesOf(String prefix) {
        return series.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }
}
