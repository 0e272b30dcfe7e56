package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.keycloakgigya.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what the benchmarks measured. */
final class Results {

    /** The comparisons, for programs. */
    static final String FILE = "results.json";
    /** Everything, for people. */
    static final String REPORT = "report.md";

    private final String machine;
    private final BenchSettings settings;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();

    Results(String machine, BenchSettings settings) {
        this.machine = machine;
        this.settings = settings;
    }

    /**
     * A figure that stands beside the comparisons.
     *
     * @param what was measured
     * @param value the figure with its unit
     */
    private record Measurement(String what, String value) {}

    void add(Comparison comparison) {
        comparisons.add(comparison);
        Bench.step(String.format(
                Locale.ROOT,
                "%s: %.2f times as good (target %.2f)",
                comparison.name(),
                comparison.ratio(),
                comparison.target()));
    }

    /** @param value with its unit */
    void add(String what, String value) {
        measurements.add(new Measurement(what, value));
        Bench.step(what + ": " + value);
    }

    /** {@return all results as tables of Markdown} */
    String report() {
        var table = new TextTable("benchmark", "unit", "ours", "peer", "ratio", "target", "peer is");
        comparisons.forEach(comparison -> table.row(
                comparison.name(),
                comparison.unit(),
                figure(comparison.ours()),
                figure(comparison.peer()),
                String.format(Locale.ROOT, "%.2f", comparison.ratio()),
                String.format(Locale.ROOT, "%.2f", comparison.target()),
                comparison.peerName()));
        var others = new TextTable("measured", "result");
        measurements.forEach(measurement -> others.row(measurement.what(), measurement.value()));
        var trial = settings.isTrial() ? "A trial: smaller than a published run, and no base for claims.\n\n" : "";
        return trial + machine + "\n\n" + table.text() + "\n" + others.text();
    }

    /** Writes both files. */
    void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), json().toPrettyString() + "\n");
            Files.writeString(folder.resolve(REPORT), report());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ArrayNode json() {
        var array = JsonNodeFactory.instance.arrayNode();
        for (Comparison comparison : comparisons) {
            var entry = array.addObject()
                    .put("name", comparison.name())
                    .put("ours", rounded(comparison.ours()))
                    .put("peer", rounded(comparison.peer()))
                    .put("peerName", comparison.peerName())
                    .put("unit", comparison.unit())
                    .put("ratio", rounded(comparison.ratio()));
            if (settings.isTrial()) {
                entry.put("trial", true);
            }
        }
        return array;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
    }
}
