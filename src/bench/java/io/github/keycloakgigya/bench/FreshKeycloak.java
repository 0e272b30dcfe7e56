package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.util.function.UnaryOperator;

/**
 * A Keycloak that has just been started, and its database, which was empty before.
 *
 * @param server the running server
 * @param database in PostgreSQL, used by this server alone
 */
record FreshKeycloak(KeycloakServer server, Database database) implements AutoCloseable {

    // The same for all, and fixed, so that the numbers don't depend on how much memory the machine has.
    private static final String HEAP = "-Xms1g -Xmx1g";

    /**
     * Starts the Keycloak that is measured.
     *
     * @param databaseName no database has this name yet
     * @param changed adds what it needs to reach what it is measured with
     */
    static FreshKeycloak start(
            KeycloakDistribution distribution,
            PostgresServer postgres,
            String databaseName,
            UnaryOperator<KeycloakSettings> changed) {
        return start(distribution, postgres, "bench", databaseName, changed);
    }

    /** Starts a Keycloak beside the one that is measured; its database has its name. */
    static FreshKeycloak startBeside(KeycloakDistribution distribution, PostgresServer postgres, String name) {
        return start(distribution, postgres, "bench-" + name, name, UnaryOperator.identity());
    }

    private static FreshKeycloak start(
            KeycloakDistribution distribution,
            PostgresServer postgres,
            String home,
            String databaseName,
            UnaryOperator<KeycloakSettings> changed) {
        var database = postgres.createDatabase(databaseName);
        var settings =
                KeycloakSettings.named(home).on(database).loggingLittle().withVariable("JAVA_OPTS_KC_HEAP", HEAP);
        return new FreshKeycloak(KeycloakServer.start(distribution, changed.apply(settings), Bench::step), database);
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
