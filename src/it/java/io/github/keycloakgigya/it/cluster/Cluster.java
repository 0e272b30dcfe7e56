package io.github.keycloakgigya.it.cluster;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakHome;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Two Keycloak nodes on one PostgreSQL database, by which they find each other, and the Gigya simulator that both trust.
 *
 * <p>Both believe that the first one's address is the address of the whole, as behind a load balancer. What plays the load
 * balancer is the browser.
 */
public final class Cluster implements AutoCloseable {

    private static final int NODES = 2;
    // Infinispan's word for the nodes that belong together now, and how many they are.
    private static final Pattern VIEW = Pattern.compile("ISPN000094: .*?\\((\\d+)\\) \\[");
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(90);
    // JGroups looks for failures at the port that is 50,000 higher.
    private static final int LOWEST_TRANSPORT = 10_000;
    private static final int TRANSPORTS = 5_000;

    private final GigyaSimulator simulator = GigyaSimulator.start();
    private final PostgresServer postgres;
    private final Database database;
    private final List<KeycloakSettings> settings = new ArrayList<>();
    private final List<KeycloakServer> nodes = new CopyOnWriteArrayList<>();
    private final URI address;

    private Cluster(String name, PostgresServer postgres, Optional<URI> proxy, UnaryOperator<KeycloakSettings> change) {
        this.postgres = postgres;
        this.database = postgres.createDatabase("keycloak");
        for (int node = 1; node <= NODES; node++) {
            settings.add(change.apply(KeycloakSettings.named(name + "-" + node)
                    .on(database)
                    .inCluster(freeTransport())
                    .loggingLittle()
                    .takingForGigya(simulator)));
        }
        address = proxy.orElseGet(
                () -> URI.create("http://localhost:" + settings.get(0).port()));
        var hostname = "--hostname=" + address;
        settings.replaceAll(one -> one.withOption(hostname));
    }

    /**
     * {@return a cluster that has just been started} Where PostgreSQL is not on this machine, the calling test is skipped.
     *
     * @param name names the servers' directories
     */
    public static Cluster start(String name, KeycloakDistribution distribution) {
        return start(name, distribution, UnaryOperator.identity());
    }

    /** @param change of the settings of each node */
    public static Cluster start(
            String name, KeycloakDistribution distribution, UnaryOperator<KeycloakSettings> change) {
        return start(name, distribution, PostgresServer.startForTest(), Optional.empty(), change);
    }

    /**
     * {@return a cluster that has just been started, and believes that a proxy's address is the address of the whole} Its
     * database is as durable as PostgreSQL's settings make it.
     *
     * @param change of the settings of each node
     */
    public static Cluster startBehind(
            URI proxy, String name, KeycloakDistribution distribution, UnaryOperator<KeycloakSettings> change) {
        return start(name, distribution, PostgresServer.startDurableForTest(), Optional.of(proxy), change);
    }

    private static Cluster start(
            String name,
            KeycloakDistribution distribution,
            PostgresServer postgres,
            Optional<URI> proxy,
            UnaryOperator<KeycloakSettings> change) {
        var cluster = new Cluster(name, postgres, proxy, change);
        try {
            // The second is made ready while the first one starts; only a running one can be joined.
            var ready = CompletableFuture.runAsync(() -> prepare(distribution, cluster.settings.get(1)));
            cluster.nodes.add(run(distribution, cluster.settings.get(0)));
            ready.join();
            cluster.nodes.add(run(distribution, cluster.settings.get(1)));
            cluster.awaitNodes();
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private static void prepare(KeycloakDistribution distribution, KeycloakSettings settings) {
        try {
            KeycloakHome.prepare(distribution, settings, step -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeycloakServer run(KeycloakDistribution distribution, KeycloakSettings settings) {
        return KeycloakServer.start(distribution, settings, step -> {});
    }

    private static int freeTransport() {
        return KeycloakSettings.freePort(LOWEST_TRANSPORT, LOWEST_TRANSPORT + TRANSPORTS);
    }

    public GigyaSimulator simulator() {
        return simulator;
    }

    public Database database() {
        return database;
    }

    public KeycloakServer first() {
        return nodes.get(0);
    }

    public KeycloakServer second() {
        return nodes.get(1);
    }

    /** Ends the second node as a crash would. */
    void killSecond() {
        second().kill();
    }

    /** Ends all faults of the simulator, and starts the second node where it does not run. */
    void makeWhole() {
        simulator.faults().clear();
        if (!second().isAlive()) {
            replace(1, KeycloakDistribution.ofBuild());
        }
    }

    /** Stops a node and starts another version in its place, as a rolling upgrade does. */
    public void replace(int node, KeycloakDistribution distribution) {
        var wanted = settings.get(node);
        nodes.get(node).close();
        nodes.set(node, run(distribution, wanted));
        awaitNodes();
    }

    private void awaitNodes() {
        await().atMost(JOIN_LIMIT).until(() -> nodes.stream().allMatch(node -> lastView(node) == NODES));
        // The first sign-in at a server that has just started may take longer than a person is made to wait.
        try (var realm = GigyaRealm.create(first(), simulator)) {
            var account = realm.site().add(BrokeredRealm.person("warm"));
            nodes.forEach(node -> await().atMost(JOIN_LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> realm.visit(at(node)).signIn(account)));
        }
    }

    private static int lastView(KeycloakServer node) {
        return node.log().lines().stream()
                .flatMap(line -> VIEW.matcher(line).results())
                .reduce((earlier, later) -> later)
                .map(view -> Integer.parseInt(view.group(1)))
                .orElse(0);
    }

    /** {@return a browser whose requests go to one node and the other in turn} */
    public HttpBrowser alternating() {
        var requests = new AtomicInteger();
        return directed(() -> requests.getAndIncrement() % NODES);
    }

    /** {@return a browser all of whose requests go to one node, as where a load balancer knows people again} */
    public HttpBrowser at(KeycloakServer node) {
        int number = nodes.indexOf(node);
        return directed(() -> number);
    }

    /** {@return a browser each of whose requests goes to the node that is named at that moment, 0 or 1} */
    public HttpBrowser directed(IntSupplier node) {
        return HttpBrowser.of(address()).routed(target -> at(target, node.getAsInt()));
    }

    /** {@return where a request goes, which is to the other node while the wanted one does not run} */
    private URI at(URI target, int wanted) {
        int node = nodes.get(wanted).isAlive() ? wanted : 1 - wanted;
        return URI.create(target.toString()
                .replace(
                        address().toString(),
                        "http://localhost:" + settings.get(node).port()));
    }

    /** {@return the address that browsers and applications know} */
    public URI address() {
        return address;
    }

    /** {@return the nodes, of which some may not run at the moment} */
    public List<KeycloakServer> nodes() {
        return nodes;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        database.close();
        postgres.close();
        simulator.close();
    }
}
