package io.github.keycloakgigya.it.soak;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.Machine;
import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.soak.Finding;
import io.github.keycloakgigya.soak.Footprint;
import io.github.keycloakgigya.soak.Judge;
import io.github.keycloakgigya.soak.Promise;
import io.github.keycloakgigya.soak.Recording;
import io.github.keycloakgigya.soak.SoakPage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One soak: warm-up, a look at the nodes at rest, load without faults, load with one fault after the other, and a look at what
 * is left.
 */
final class SoakRun implements AutoCloseable {

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration SHORTEST_QUIET = Duration.ofSeconds(40);
    private static final Duration LONGEST_QUIET = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    // Logins that were given up, spent proofs and idle threads go by themselves, within minutes.
    private static final Duration REST_LIMIT = Duration.ofMinutes(6);

    private final Duration length;
    private final Consumer<String> progress;
    private final SoakProxy proxy;
    private final Cluster cluster;
    private final SoakRealms realms;
    private final SoakDoors doors;
    private final Recording recording;
    private final SoakNodes nodes;
    private final SoakWatch watch;
    private final Map<String, Footprint> before = new LinkedHashMap<>();
    private final Map<String, Footprint> after = new LinkedHashMap<>();

    private SoakRun(Duration length, SoakProxy proxy, Cluster cluster, Consumer<String> progress) {
        this.length = length;
        this.progress = progress;
        this.proxy = proxy;
        this.cluster = cluster;
        proxy.serve(cluster::nodes);
        realms = SoakRealms.create(new Proxied(proxy, new AdminClient(proxy.address())), cluster.simulator());
        doors = new SoakDoors(realms, proxy.address());
        recording = new Recording();
        nodes = new SoakNodes(cluster, recording);
        watch = new SoakWatch(cluster.database(), recording, realms);
    }

    private record Proxied(SoakProxy proxy, AdminClient admin) implements Keycloak {
        @Override
        public java.net.URI address() {
            return proxy.address();
        }
    }

    /** {@return a soak whose servers run} Where PostgreSQL is not on this machine, the calling test is skipped. */
    static SoakRun prepare(Duration length, Consumer<String> progress) {
        var proxy = SoakProxy.start();
        var cluster = Cluster.startBehind(
                proxy.address(),
                "soak",
                KeycloakDistribution.ofBuild(),
                settings -> settings.withFeatures("token-exchange", "admin-fine-grained-authz:v1")
                        .withVariable("JAVA_OPTS_KC_HEAP", "-Xms768m -Xmx768m")
                        // As many at rest as under load, so that what leaks shows.
                        .withOption("--db-pool-initial-size=30")
                        .withOption("--db-pool-min-size=30")
                        .withOption("--db-pool-max-size=30"));
        return new SoakRun(length, proxy, cluster, progress);
    }

    /** Runs it, and tells what came of it. */
    SoakPage run() throws InterruptedException {
        var looking = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "soak-watch"));
        looking.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        var start = Instant.now();
        progress.accept("Warm-up");
        try (var load = SoakLoad.start(doors, recording, 1)) {
            load.goOn(WARM_UP);
        }
        rest();
        var quietFrom = Instant.now();
        Instant quietTo;
        var faults = new SoakFaults(
                cluster, proxy, nodes, recording, length.minus(WARM_UP).minus(quiet()), progress);
        progress.accept("Load without faults");
        try (var load = SoakLoad.start(doors, recording, 2)) {
            load.goOn(quiet());
            quietTo = Instant.now();
            faults.happen(start.plus(length));
        }
        progress.accept("A last sync, and a look at what is left");
        looking.shutdown();
        looking.awaitTermination(1, TimeUnit.MINUTES);
        finish(looking);
        var tried = doors.all().stream().map(SoakDoor::name).collect(Collectors.toSet());
        return new SoakPage(
                new Judge(recording, quietFrom, quietTo, tried, faults.wanted()),
                length,
                Machine.describe(KeycloakDistribution.ofBuild().version(), cluster.postgres()),
                before,
                after);
    }

    private Duration quiet() {
        var wanted = length.dividedBy(7);
        if (wanted.compareTo(LONGEST_QUIET) > 0) {
            return LONGEST_QUIET;
        }
        return wanted.compareTo(SHORTEST_QUIET) < 0 ? SHORTEST_QUIET : wanted;
    }

    private void look() {
        try {
            watch.look();
            nodes.readLogs();
            nodes.sample();
        } catch (RuntimeException nodeGoesDown) {
            // A scheduled look that fails would be the last one.
            progress.accept("A look failed: " + nodeGoesDown);
        }
    }

    private void rest() {
        forgetSessions();
        for (int number = 0; number < cluster.nodes().size(); number++) {
            var footprint = nodes.footprint(cluster.nodes().get(number));
            before.put(SoakNodes.nameOf(number), footprint);
            progress.accept("At rest: " + footprint);
        }
    }

    private void forgetSessions() {
        doors.forgetSessions();
        realms.forgetSessions();
    }

    private void finish(ScheduledExecutorService looking) {
        looking.shutdownNow();
        cluster.simulator().faults().clear();
        for (var realm : realms.federated().keySet()) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> SoakRealms.sync(realm, "triggerFullSync"),
                            answer -> answer.status() / 100 == 2
                                    && !answer.body().path("ignored").asBoolean());
        }
        watch.lookAtTheEnd();
        forgetSessions();
        var limit = before.values().stream().reduce(Footprint::orMore).orElseThrow();
        for (int number = 0; number < cluster.nodes().size(); number++) {
            var name = SoakNodes.nameOf(number);
            var left = whatIsLeft(cluster.nodes().get(number), limit);
            after.put(name, left);
            progress.accept("At rest: " + left);
            if (left.outgrows(limit)) {
                recording.add(new Finding(Promise.HEAP_FLAT, Instant.now(), name + ": " + left + "; before " + limit));
            }
            left.leaks(limit)
                    .forEach(leak ->
                            recording.add(new Finding(Promise.THREADS_AND_SOCKETS, Instant.now(), name + ": " + leak)));
        }
        nodes.readLogs();
    }

    private Footprint whatIsLeft(KeycloakServer node, Footprint limit) {
        try {
            return await().atMost(REST_LIMIT)
                    .pollInterval(Duration.ofSeconds(10))
                    .pollDelay(Duration.ZERO)
                    .until(
                            () -> nodes.footprint(node),
                            left -> !left.outgrows(limit) && left.leaks(limit).isEmpty());
        } catch (ConditionTimeoutException stillThere) {
            return nodes.footprint(node);
        }
    }

    @Override
    public void close() {
        watch.close();
        proxy.close();
        cluster.close();
    }
}
