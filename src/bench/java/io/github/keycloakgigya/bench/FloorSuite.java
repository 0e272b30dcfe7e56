package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.bench.SyncFloor.Way;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.KeycloakDistribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A full sync beside plain JDBC that writes the same rows, which no sync can be much faster than. Each round has a Keycloak
 * of its own, which has synced once before, and tables that hold no user; medians count.
 */
final class FloorSuite implements Suite {

    private static final String NAME = "full-sync-floor";
    private static final double TARGET = 0.85;

    private static final Way FLOOR = new Way("plain JDBC batches", 1, false);
    private static final List<Way> WAYS = List.of(
            FLOOR,
            new Way("plain JDBC batches over two connections", 2, false),
            new Way("plain JDBC batches with reWriteBatchedInserts", 1, true));

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;
    private final BenchSettings settings;

    FloorSuite(KeycloakDistribution distribution, PostgresServer postgres, BenchSettings settings) {
        this.distribution = distribution;
        this.postgres = postgres;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Results results) {
        var ours = new ArrayList<Double>();
        Map<Way, List<Double>> others = new LinkedHashMap<>();
        Bench.step("Making " + settings.accounts() + " Gigya accounts");
        try (var gigya = GigyaSite.start(settings.accounts())) {
            for (int round = 1; round <= settings.machines(); round++) {
                try (var realm = FederatedRealm.start(distribution, postgres, gigya, "floor_" + round)) {
                    ours.add(sync(realm, round, results));
                    var floor = SyncFloor.of(realm.database());
                    for (Way way : WAYS) {
                        others.computeIfAbsent(way, unused -> new ArrayList<>()).add(write(floor, way, round));
                    }
                }
            }
        }
        others.forEach((way, rates) -> results.add(
                "The rows of a full sync by " + way.title(),
                String.format(Locale.ROOT, "%,.0f users/s", Median.of(rates))));
        results.add(Comparison.ofRates(
                NAME, Median.of(ours), Median.of(others.get(FLOOR)), FLOOR.title(), "users/s", TARGET));
    }

    // The floor's Java has compiled its code after the first round, so Keycloak's has done so, too.
    private static void warmUp(FederatedRealm realm) {
        FullSync.measure(realm, FullSync.Statistics.FRESH);
        realm.removeUsers();
    }

    private double sync(FederatedRealm realm, int round, Results results) {
        warmUp(realm);
        realm.database().execute("checkpoint");
        var before = ProcessTimes.now(realm.processId(), postgres);
        var run = FullSync.measure(realm, FullSync.Statistics.FRESH);
        results.add(
                "Processor time of a full sync, round " + round,
                ProcessTimes.now(realm.processId(), postgres).since(before).text()
                        + String.format(
                                Locale.ROOT, "; %.1f s altogether", run.time().toMillis() / 1e3));
        return run.rate();
    }

    private static double write(SyncFloor floor, Way way, int round) {
        var rate = floor.write(way).rate();
        Bench.step(String.format(Locale.ROOT, "Round %d, %s: %,.0f users/s", round, way.title(), rate));
        return rate;
    }
}
