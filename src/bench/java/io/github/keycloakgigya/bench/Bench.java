package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.Machine;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.ServerFailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs every benchmark, prints what came out as tables and writes it to {@code target/bench}. */
public final class Bench {

    // Held, because Java forgets the level of a logger that nobody holds.
    private static final List<Logger> CHATTY = List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

    private Bench() {}

    /** Runs the benchmarks; what they are told stands in system properties, see {@link BenchSettings}. */
    public static void main(String[] arguments) {
        CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            run(BenchSettings.of(System.getProperties()));
        } catch (ServerFailureException e) {
            System.err.println("The benchmark stops: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(BenchSettings settings) {
        KeycloakDistribution distribution = KeycloakDistribution.ofBuild();
        Path folder = distribution.workDirectory().resolve("bench");
        try (PostgresServer postgres =
                PostgresServer.start(folder.resolve("postgres"), settings.postgres(), Bench::step)) {
            var results = new Results(Machine.describe(distribution.version(), postgres), settings);
            List<Suite> suites = List.of(
                    new FederationSuite(distribution, postgres, settings),
                    new FloorSuite(distribution, postgres, settings),
                    new MillionSuite(distribution, postgres, settings),
                    new DisablingSuite(distribution, postgres),
                    new TransferSuite(distribution, postgres, settings),
                    new SignInSuite(distribution, postgres, settings),
                    new VerifyToken(settings));
            suites.stream().filter(settings::includes).forEach(suite -> suite.run(results));
            results.writeTo(folder);
            System.out.println("\n" + results.report());
            step("Written to " + folder.resolve(Results.FILE) + " and " + folder.resolve(Results.REPORT));
        }
    }

    /** Tells whoever waits what is going on. */
    static void step(String text) {
        System.out.println("==> " + text);
    }
}
