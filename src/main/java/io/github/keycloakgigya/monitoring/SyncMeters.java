package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Shows the syncs that one node has run. The first 100 federations have rows of their own, and all others share one that
 * shows the worst of them: anybody who may create realms could fill the memory of whoever collects metrics otherwise.
 */
public final class SyncMeters {

    private static final int MOST_ROWS = 100;
    private static final String OTHERS = "(others)";

    private record Column(MultiGauge gauge, ToDoubleFunction<List<SyncMeter>> value) {}

    private final MeterRegistry registry;
    private final Clock clock;
    private final List<Column> columns;
    private final Map<String, SyncMeter> meters = new LinkedHashMap<>(); // guarded by this
    private Set<SyncMeter.Federation> shown = new HashSet<>(); // guarded by this
    // What the row of the others is made of, which read it without this lock.
    private List<SyncMeter> others = new CopyOnWriteArrayList<>(); // guarded by this

    SyncMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        // Shown as zero from the start: of a counter that appears with its first failure, nobody sees it grow.
        for (var kind : SyncMeter.Kind.values()) {
            for (var end : SyncMeter.End.values()) {
                SyncMeter.syncs(registry, kind, end);
            }
        }
        for (var result : SyncMeter.Result.values()) {
            SyncMeter.accounts(registry, result);
        }
        this.columns = List.of(
                column("running", "Whether this node synchronizes the federation now", SyncMeters::running),
                column(
                        "handled",
                        "Accounts that the running or last sync has dealt with; users, while it looks for missing ones",
                        meters -> all(meters, SyncMeter::handled).sum()),
                column(
                        "expected",
                        "How many accounts or users these will be",
                        meters -> all(meters, SyncMeter::expected).sum()),
                seconds(
                        "last.success.timestamp",
                        "When a sync last came to its end on this node; before the first one, when it was first tried",
                        meters -> all(meters, SyncMeter::lastSuccess).min().orElse(0)),
                seconds(
                        "period",
                        "How often the federation is synchronized by itself; 0 where it is not",
                        meters -> all(meters, SyncMeter::period).max().orElse(0)));
    }

    private Column column(String name, String description, ToDoubleFunction<List<SyncMeter>> value) {
        return new Column(builder(name, description).register(registry), value);
    }

    private Column seconds(String name, String description, ToDoubleFunction<List<SyncMeter>> value) {
        return new Column(builder(name, description).baseUnit("seconds").register(registry), value);
    }

    private static MultiGauge.Builder builder(String name, String description) {
        return MultiGauge.builder("keycloak.gigya.sync." + name).description(description);
    }

    private static double running(List<SyncMeter> meters) {
        return meters.stream().filter(SyncMeter::isRunning).count();
    }

    private static DoubleStream all(List<SyncMeter> meters, ToDoubleFunction<SyncMeter> value) {
        return meters.stream().mapToDouble(value);
    }

    /** {@return what measures the syncs of a federation on this node} */
    public synchronized SyncMeter of(SyncMeter.Federation federation) {
        if (!meters.containsKey(federation.id()) && !others.isEmpty()) {
            return oneMore(federation);
        }
        var meter = meters.computeIfAbsent(federation.id(), id -> new SyncMeter(registry, clock, federation));
        if (!shown.contains(federation)) {
            meter.federation(federation);
            show();
        }
        return meter;
    }

    // Thousands come one after the other when a server starts, and all rows but the last stay as they are.
    private SyncMeter oneMore(SyncMeter.Federation federation) {
        var meter = new SyncMeter(registry, clock, federation);
        meters.put(federation.id(), meter);
        shown.add(federation);
        others.add(meter);
        return meter;
    }

    /** {@return the federations that are shown now} */
    public synchronized List<SyncMeter.Federation> federations() {
        return List.copyOf(shown);
    }

    /** Shows these federations no more, because they are gone, or not synchronized any more. */
    public synchronized void forget(Predicate<SyncMeter.Federation> gone) {
        if (meters.values().removeIf(meter -> gone.test(meter.federation()))) {
            show();
        }
    }

    private void show() {
        var rows = new LinkedHashMap<Tags, List<SyncMeter>>();
        var all = List.copyOf(meters.values());
        shown = all.stream().map(SyncMeter::federation).collect(Collectors.toCollection(HashSet::new));
        others = new CopyOnWriteArrayList<>(all.subList(Math.min(MOST_ROWS, all.size()), all.size()));
        all.stream()
                .limit(MOST_ROWS)
                .forEach(meter -> rows.computeIfAbsent(
                                tags(
                                        meter.federation().realm(),
                                        meter.federation().name()),
                                tags -> new ArrayList<>())
                        .add(meter));
        if (!others.isEmpty()) {
            rows.put(tags(OTHERS, OTHERS), others);
        }
        columns.forEach(column -> column.gauge()
                .register(
                        rows.entrySet().stream()
                                .<Row<?>>map(row -> Row.of(row.getKey(), row.getValue(), column.value()))
                                .toList(),
                        true));
    }

    private static Tags tags(String realm, String federation) {
        return Tags.of("realm", realm, "federation", federation);
    }
}
