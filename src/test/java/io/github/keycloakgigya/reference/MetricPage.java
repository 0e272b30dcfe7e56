package io.github.keycloakgigya.reference;

import static io.github.keycloakgigya.reference.Page.code;

import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.CallObserver.CallOutcome;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.monitoring.SyncMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The page about metrics, as Keycloak's endpoint shows them to Prometheus. */
final class MetricPage {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Page page() {
        measureEverything();
        var rows = new TreeMap<String, List<String>>();
        registry.getMeters().stream()
                .map(Meter::getId)
                .forEach(id -> rows.put(
                        shown(id),
                        List.of(
                                id.getType().name().toLowerCase(Locale.ROOT),
                                labels(id.getName()),
                                id.getDescription())));
        return new Page("metrics.md", "Metrics", """
                What Keycloak's endpoint `/metrics` shows of the extension. A timer has `_count`, `_sum`, `_bucket` and `_max`. What to watch, and
                what to do at each alert: [watching it](../operations.md#metrics).
                """)
                .table(
                        List.of("metric", "type", "labels", "what it is"),
                        rows.entrySet().stream()
                                .map(row -> List.of(
                                        code(row.getKey()),
                                        row.getValue().get(0),
                                        row.getValue().get(1),
                                        row.getValue().get(2)))
                                .toList());
    }

    /** {@return the names of all meters, as the code has them} */
    TreeSet<String> names() {
        measureEverything();
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String shown(Meter.Id id) {
        var name = registry.config().namingConvention().name(id.getName(), id.getType(), id.getBaseUnit());
        return id.getType() == Meter.Type.COUNTER ? name + "_total" : name;
    }

    private String labels(String name) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().equals(name))
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getKey)
                .distinct()
                .sorted()
                .map(Page::code)
                .collect(Collectors.joining(", "));
    }

    // Some meters are there from the first thing that they measure.
    private void measureEverything() {
        var meters = new Meters(registry, Clock.systemUTC(), "version");
        meters.calls()
                .begins(ApiMethod.GET_JWT)
                .ended(new CallEnd(CallOutcome.values()[0], OptionalInt.empty(), Optional.empty()));
        meters.signIns().succeeded(Door.LOGIN_PAGE);
        meters.syncs()
                .of(new SyncMeter.Federation("id", "id", "realm", "federation", Duration.ofMinutes(5)))
                .ends(SyncMeter.Kind.FULL, SyncMeter.End.values()[0]);
        meters.transfers().legacy("realm", 1);
        meters.webhooks().age(Duration.ZERO);
        meters.webhooks().event("accountUpdated");
        meters.webhooks().account(SyncMeter.Result.values()[0]);
        meters.webhooks().signed(SyncMeter.Result.values()[0], true);
    }
}
