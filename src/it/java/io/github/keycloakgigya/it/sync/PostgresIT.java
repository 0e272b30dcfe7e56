package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.it.cluster.SharedCluster;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.Account;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users are stored in PostgreSQL, as most who run Keycloak do. Most other tests run on Keycloak's own H2. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class PostgresIT {

    private final Cluster cluster;

    PostgresIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void people_sign_in_are_looked_up_and_synchronized() {
        everythingWorks(cluster.first(), cluster.database());
    }

    // An operator's way out where Keycloak's entities are not as expected.
    @Test
    void so_they_are_where_users_are_written_through_keycloaks_model() {
        var settings = KeycloakSettings.named("postgres-model").withOption("--spi-storage--gigya--bulk-writes=model");
        try (var database = cluster.postgres().createDatabase("model");
                var keycloak = KeycloakServer.start(
                        KeycloakDistribution.ofBuild(),
                        settings.on(database).takingForGigya(cluster.simulator()),
                        step -> {})) {
            everythingWorks(keycloak, database);

            assertThat(keycloak.log().lines())
                    .anyMatch(line -> line.contains("Users are written in bulk through Keycloak's model"));
        }
    }

    private void everythingWorks(KeycloakServer keycloak, Database database) {
        try (var realm = SyncedRealm.create(keycloak, cluster.simulator(), Map.of())) {
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
}
