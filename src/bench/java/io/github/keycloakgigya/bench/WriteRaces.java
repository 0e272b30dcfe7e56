package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.it.sync.ConcurrentWritesIT;
import io.github.keycloakgigya.it.sync.WritersAtOnce;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The races of {@link ConcurrentWritesIT}, as often as somebody wants to see them, on H2, on PostgreSQL and on two nodes,
 * with either way of writing in bulk. Run by hand: {@code mvn -Pbench verify
 * -Dbench.main=io.github.keycloakgigya.bench.WriteRaces -Dexec.args="200"}, the number being that of rounds. It prints a row
 * for each race, and ends with the first value that is there twice.
 */
public final class WriteRaces {

    private static final String MODEL = "--spi-storage--gigya--bulk-writes=model";

    private final int rounds;

    private WriteRaces(int rounds) {
        this.rounds = rounds;
    }

    /** @param arguments the number of rounds */
    public static void main(String[] arguments) throws Exception {
        var races = new WriteRaces(Integer.parseInt(arguments[0]));
        System.out.println(
                "| nodes, database | writes in bulk by | race | rounds | values doubled | sign-ins refused | took |");
        for (var options : List.of(new String[0], new String[] {MODEL})) {
            races.onH2(options);
            races.onPostgres(options);
            races.onTwoNodes(options);
        }
    }

    private void onH2(String... options) throws Exception {
        try (var gigya = GigyaSimulator.start()) {
            onOne("1, H2", KeycloakSettings.named("write-races"), gigya, options);
        }
    }

    private void onPostgres(String... options) throws Exception {
        var folder = Files.createTempDirectory(Path.of("target"), "write-races");
        try (var postgres = PostgresServer.start(folder.toAbsolutePath(), Optional.empty(), step -> {});
                var database = postgres.createDatabase("keycloak");
                var gigya = GigyaSimulator.start()) {
            onOne("1, PostgreSQL", KeycloakSettings.named("write-races").on(database), gigya, options);
        }
    }

    private void onOne(String where, KeycloakSettings settings, GigyaSimulator gigya, String... options)
            throws Exception {
        var wanted = with(settings.loggingLittle().takingForGigya(gigya), options);
        try (var keycloak = KeycloakServer.start(KeycloakDistribution.ofBuild(), wanted, step -> {});
                var realm = SyncedRealm.create(keycloak, gigya, WritersAtOnce.MAPPED)) {
            run(where, realm, number -> realm.realm().visit(), options);
        }
    }

    private void onTwoNodes(String... options) throws Exception {
        try (var cluster = Cluster.start(
                        "write-races", KeycloakDistribution.ofBuild(), settings -> with(settings, options));
                var realm = SyncedRealm.create(cluster.first(), cluster.simulator(), WritersAtOnce.MAPPED)) {
            var nodes = List.of(cluster.first(), cluster.second());
            run("2, PostgreSQL", realm, number -> realm.realm().visit(cluster.at(nodes.get(number % 2))), options);
        }
    }

    private static KeycloakSettings with(KeycloakSettings settings, String... options) {
        return Stream.of(options).reduce(settings, KeycloakSettings::withOption, (one, other) -> other);
    }

    private void run(String where, SyncedRealm realm, Function<Integer, Visitor> visit, String... options)
            throws Exception {
        var writers = new WritersAtOnce(realm.realm(), visit);
        var way = options.length == 0 ? "Keycloak's entities" : "Keycloak's model";
        row(where, way, "3 sign-ins of one person", () -> writers.signIns(rounds, 3));
        row(where, way, "20 sign-ins of one person", () -> writers.signIns(rounds, 20));
        row(where, way, "6 people beside a changed sync", () -> writers.besideChangedSync(realm, rounds, 6));
    }

    private interface Race {
        int run() throws Exception;
    }

    private void row(String where, String way, String name, Race race) throws Exception {
        long start = System.nanoTime();
        int refused = race.run();
        System.out.printf(
                "| %s | %s | %s | %d | 0 | %d | %d s |%n",
                where, way, name, rounds, refused, (System.nanoTime() - start) / 1_000_000_000);
    }
}
