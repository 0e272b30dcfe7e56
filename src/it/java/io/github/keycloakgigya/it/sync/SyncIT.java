package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.RecordedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator lets Keycloak bring over all accounts. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SyncIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void every_account_becomes_a_user_who_can_sign_in() {
        try (var realm = realm(Map.of())) {
            var accounts = realm.addAccounts(35);
            simulator.calls().reset();

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, 35, 0, 0, 0, outcome.status()));
            // Of this site alone: a periodic sync of a realm that has just been removed may still be on its way.
            assertThat(simulator.calls().all())
                    .filteredOn(call -> call.parameter("apiKey")
                            .equals(Optional.of(realm.realm().site().apiKey())))
                    .extracting(RecordedCall::method)
                    .containsExactly("accounts.search", "accounts.search", "accounts.search", "accounts.search");
            assertThat(realm.users()).hasSize(35);
            var user = realm.userOf(accounts.get(17));
            assertThat(user.path("email").asText()).isEqualTo("sync18@example.com");
            assertThat(user.path("emailVerified").asBoolean()).isTrue();
            assertThat(user.path("firstName").asText()).isEqualTo("First18");
            assertThat(realm.realm().signIn(accounts.get(17)).subject())
                    .isEqualTo(user.path("id").asText());
        }
    }

    @Test
    void a_first_sync_does_not_read_each_user_that_it_adds() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(35);

            var reads = realm.readsOfUsersDuring(
                    () -> assertThat(realm.full().added()).isEqualTo(35), keycloak);

            assertThat(reads).hasSizeLessThan(35);
        }
    }

    @Test
    void a_second_sync_of_the_same_accounts_writes_no_user() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(25);
            realm.full();
            var before = realm.users();

            var statements = keycloak.sql()
                    .statementsDuring(() -> assertThat(realm.full())
                            .matches(outcome -> outcome.added() + outcome.updated() + outcome.failed() == 0));

            assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
            assertThat(realm.users()).isEqualTo(before);
        }
    }

    @Test
    void what_changed_is_written_and_what_is_keycloaks_own_stays() {
        try (var realm = realm(Map.of("passwordCheck", "localFirst"))) {
            var accounts = realm.addAccounts(25);
            realm.full();
            var users = new UserAdmin(realm.realm());
            var id = realm.userOf(accounts.get(3)).path("id").asText();
            users.change(id, user -> {
                ((ObjectNode) user.get("attributes")).putArray("shoeSize").add("42");
                user.putArray("requiredActions").add("CONFIGURE_TOTP");
            });
            realm.realm()
                    .admin()
                    .put(users.path("users/" + id + "/reset-password"), Json.parse("""
                            {"type": "password", "value": "a local password"}"""))
                    .succeeded();
            accounts.get(3).setProfile("firstName", "Changed");

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, 0, 1, 0, 0, outcome.status()));
            var user = users.byId(id);
            assertThat(user.path("firstName").asText()).isEqualTo("Changed");
            assertThat(user.at("/attributes/shoeSize/0").asText()).isEqualTo("42");
            assertThat(user.at("/requiredActions/0").asText()).isEqualTo("CONFIGURE_TOTP");
            assertThat(users.realmRoles(id))
                    .containsExactly("default-roles-" + realm.realm().name());
            assertThat(realm.realm()
                            .admin()
                            .get(users.path("users/" + id + "/credentials"))
                            .body())
                    .hasSize(1);
        }
    }

    @Test
    void an_account_whose_registration_is_not_finished_is_left_out() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(2);
            realm.realm()
                    .site()
                    .add(Account.builder().verifiedEmail("pending@example.com").pendingRegistration());

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, 2, 0, 0, 0, outcome.status()));
            assertThat(realm.users()).hasSize(2);
        }
    }

    @Test
    void users_that_were_removed_are_imported_again() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(12);
            realm.full();
            realm.removeImportedUsers();
            assertThat(realm.users()).isEmpty();

            assertThat(realm.full().added()).isEqualTo(12);
            assertThat(realm.users()).hasSize(12);
        }
    }

    @Test
    void a_sync_that_can_not_begin_is_no_success() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(2);
            simulator.faults().on("accounts.search", Fault.errorCode(403007));

            var outcome = realm.full();

            assertThat(outcome.ignored()).isTrue();
            assertThat(outcome.failed()).isPositive();
            assertThat(outcome.status()).startsWith("Synchronization failed").contains("403007");
            assertThat(realm.users()).isEmpty();
        }
    }

    @Test
    void without_import_there_is_nothing_to_synchronize() {
        try (var realm = realm(Map.of("importEnabled", "false"))) {
            realm.addAccounts(2);
            simulator.calls().reset();

            for (var outcome : List.of(realm.full(), realm.changed())) {
                assertThat(outcome.ignored()).isTrue();
                assertThat(outcome.status()).contains("not imported");
            }
            assertThat(simulator.calls().counts()).isEmpty();
        }
    }

    @Test
    void a_periodic_sync_needs_nobody() {
        try (var realm = realm(Map.of("changedSyncPeriod", "1"))) {
            var first = realm.addAccounts(3).get(0);
            await().atMost(Duration.ofSeconds(30)).until(() -> realm.users().size() == 3);

            first.setProfile("firstName", "Later");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> realm.userOf(first).path("firstName").asText().equals("Later"));
        }
    }

    @Test
    void neither_a_removed_federation_nor_a_removed_realm_leaves_a_row_behind() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(1);
            realm.full();
            assertThat(keycloak.sql()
                            .statementsDuring(() -> realm.realm()
                                    .admin()
                                    .delete(realm.path(
                                            "components/" + realm.realm().componentId()))
                                    .succeeded()))
                    .anyMatch(SyncIT::deletesState);
        }
        var another = realm(Map.of());
        another.addAccounts(1);
        another.full();
        assertThat(keycloak.sql().statementsDuring(another::close)).anyMatch(SyncIT::deletesState);
    }

    private static boolean deletesState(SqlStatement statement) {
        return statement.kind() == SqlStatement.Kind.DELETE && statement.writesTo(Set.of("SERVER_CONFIG"));
    }

    private SyncedRealm realm(Map<String, String> federation) {
        return SyncedRealm.create(keycloak, simulator, federation);
    }
}
