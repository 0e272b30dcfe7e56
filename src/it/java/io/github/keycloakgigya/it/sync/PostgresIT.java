package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users are stored in PostgreSQL, as most who run Keycloak do. The other tests run on Keycloak's own H2. */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresIT {

    private GigyaSimulator simulator;
    private PostgresServer postgres;
    private Database database;

    @BeforeAll
    void start_postgres() {
        postgres = PostgresServer.startForTest();
        database = postgres.createDatabase("keycloak");
        simulator = GigyaSimulator.start();
    }

    @AfterAll
    void stop_postgres() {
        if (simulator != null) {
            simulator.close();
            database.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void people_sign_in_are_looked_up_and_synchronized_in_either_way_of_writing() {
        try (var keycloak = start(settings("postgres"))) {
            everythingWorks(keycloak);
        }
        // An operator's way out where Keycloak's entities are not as expected.
        try (var keycloak = start(settings("postgres-model").withOption("--spi-storage--gigya--bulk-writes=model"))) {
            everythingWorks(keycloak);
            assertThat(keycloak.log().lines())
                    .anyMatch(line -> line.contains("Users are written in bulk through Keycloak's model"));
        }
    }

    private void everythingWorks(KeycloakServer keycloak) {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of())) {
            var accounts = realm.addAccounts(25);
            var subject = realm.realm().signIn(accounts.get(0)).subject();

            assertThat(realm.full()).matches(done -> done.added() == 24 && done.updated() + done.failed() == 0);
            assertThat(realm.userOf(accounts.get(0)).path("id").asText()).isEqualTo(subject);

            var mark = database.mark();
            assertThat(realm.full()).matches(done -> done.added() + done.updated() + done.failed() == 0);
            assertThat(database.rowsWrittenSince(mark, "user_entity")).isZero();
            assertThat(database.rowsWrittenSince(mark, "user_attribute")).isZero();

            accounts.get(3).setProfile("firstName", "Changed");
            assertThat(realm.changed().updated()).isEqualTo(1);
            assertThat(realm.userOf(accounts.get(3)).path("firstName").asText()).isEqualTo("Changed");

            var late = realm.realm().site().add(Account.builder().verifiedEmail("late@example.com"));
            new UserAdmin(realm.realm()).allowPasswords();
            NamedAttempt.of(realm.realm(), "late@example.com")
                    .knows(realm.userOf(late).path("id").asText());
        }
    }

    private static KeycloakServer start(KeycloakSettings settings) {
        return KeycloakServer.start(KeycloakDistribution.ofBuild(), settings, step -> {});
    }

    private KeycloakSettings settings(String name) {
        return KeycloakSettings.named(name).on(database).takingForGigya(simulator);
    }
}
