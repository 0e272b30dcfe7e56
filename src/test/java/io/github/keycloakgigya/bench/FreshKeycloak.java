package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.Database;
import io.github.keycloakgigya.it.KeycloakDistribution;
import io.github.keycloakgigya.it.KeycloakServer;
import io.github.keycloakgigya.it.KeycloakSettings;
import io.github.keycloakgigya.it.PostgresServer;
import java.security.cert.X509Certificate;
import java.util.List;

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
     * @param trusted certificates that it trusts besides Java's own
     */
    static FreshKeycloak start(
            KeycloakDistribution distribution,
            PostgresServer postgres,
            String databaseName,
            List<X509Certificate> trusted) {
        return start(distribution, postgres, "bench", databaseName, trusted);
    }

    /** Starts a Keycloak beside the one that is measured; its database has its name. */
    static FreshKeycloak startBeside(KeycloakDistribution distribution, PostgresServer postgres, String name) {
        return start(distribution, postgres, "bench-" + name, name, List.of());
    }

    private static FreshKeycloak start(
            KeycloakDistribution distribution,
            PostgresServer postgres,
            String home,
            String databaseName,
            List<X509Certificate> trusted) {
        var database = postgres.createDatabase(databaseName);
        var settings =
                KeycloakSettings.named(home).on(database).loggingLittle().withVariable("JAVA_OPTS_KC_HEAP", HEAP);
        for (X509Certificate certificate : trusted) {
            settings = settings.trusting(certificate);
        }
        return new FreshKeycloak(KeycloakServer.start(distribution, settings, Bench::step), database);
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
