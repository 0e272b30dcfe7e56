package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator asks what a full sync would do, before it does it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncPreviewIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SyncPreviewIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void it_says_what_would_happen_and_writes_nothing() {
        try (var realm = realm(Map.of("syncRemovesMissing", "true"))) {
            var accounts = realm.addAccounts(25);
            realm.full();
            var gone = accounts.get(4);
            var goneId = realm.userOf(gone).path("id").asText();
            realm.realm().site().delete(gone);
            accounts.get(5).setProfile("firstName", "Changed");
            realm.addAccounts(2);
            var before = realm.users();
            var answers = new HashMap<String, JsonNode>();

            var statements = keycloak.sql().statementsDuring(() -> answers.put("preview", realm.preview()));

            var preview = answers.get("preview");
            assertThat(preview.path("added").asInt()).isEqualTo(2);
            assertThat(preview.path("updated").asInt()).isEqualTo(1);
            assertThat(preview.path("unchanged").asInt()).isEqualTo(23);
            assertThat(preview.path("failed").asInt()).isZero();
            assertThat(preview.path("removed").asInt()).isEqualTo(1);
            assertThat(preview.path("removalRefused").asText("none")).isEmpty();
            assertThat(preview.path("missing")).hasSize(1);
            assertThat(preview.at("/missing/0/id").asText()).isEqualTo(goneId);
            assertThat(preview.at("/missing/0/uid").asText()).isEqualTo(gone.uid());
            assertThat(statements)
                    .filteredOn(statement -> statement.kind() == SqlStatement.Kind.INSERT
                            || statement.kind() == SqlStatement.Kind.UPDATE
                            || statement.kind() == SqlStatement.Kind.DELETE)
                    .allMatch(statement -> statement.writesTo(Set.of("SERVER_CONFIG")));
            assertThat(realm.users()).isEqualTo(before);
        }
    }

    @Test
    void no_sync_and_no_other_preview_runs_meanwhile_and_the_next_sync_begins_at_the_beginning() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(25)
                    .forEach(account -> account.setLastUpdated(Instant.now().minus(Duration.ofDays(9))));
            var meanwhile = new ArrayList<Object>();
            simulator
                    .faults()
                    .onNth(
                            "accounts.search",
                            2,
                            Fault.after(
                                    () -> {
                                        meanwhile.add(realm.realm()
                                                .admin()
                                                .post(realm.path("gigya/sync-preview"), request(realm))
                                                .status());
                                        meanwhile.add(realm.full().ignored());
                                    },
                                    Fault.none()));

            assertThat(realm.preview().path("added").asInt()).isEqualTo(25);

            assertThat(meanwhile).containsExactly(409, true);
            assertThat(realm.users()).isEmpty();
            assertThat(realm.changed().added()).isEqualTo(25);
        }
    }

    @Test
    void a_preview_waits_for_no_sync_and_one_that_failed_leaves_no_lock() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(25);
            var path = realm.path("gigya/sync-preview");
            simulator.faults().on("accounts.search", Fault.errorCode(403007));
            assertThat(realm.realm().admin().post(path, request(realm)).status())
                    .isEqualTo(502);
            simulator.faults().clear();
            var meanwhile = new ArrayList<AdminAnswer>();
            simulator
                    .faults()
                    .onNth(
                            "accounts.search",
                            2,
                            Fault.after(
                                    () -> meanwhile.add(realm.realm().admin().post(path, request(realm))),
                                    Fault.none()));

            assertThat(realm.full().added()).isEqualTo(25);

            assertThat(meanwhile).hasSize(1);
            assertThat(meanwhile.get(0).status()).isEqualTo(409);
            assertThat(meanwhile.get(0).body().toString()).contains("is running");
        }
    }

    @Test
    void it_names_the_accounts_that_a_sync_could_not_bring_over_and_the_log_their_users() {
        try (var realm = realm(Map.of())) {
            new UserAdmin(realm.realm()).addLocal("local", "taken@example.com", true);
            var account = realm.realm().site().add(Account.builder().verifiedEmail("taken@example.com"));
            long begin = keycloak.log().end();

            var preview = realm.preview();

            assertThat(preview.path("failed").asInt()).isEqualTo(1);
            var failed = preview.at("/failedAccounts/0");
            assertThat(failed.path("uid").asText()).isEqualTo(account.uid());
            assertThat(failed.path("reason").asText()).contains("belongs to another user");
            assertThat(keycloak.log().warningsSince(begin))
                    .anySatisfy(line -> assertThat(line)
                            .contains("The account of user " + failed.path("id").asText() + " was not synchronized"))
                    .noneMatch(line -> line.contains(account.uid()));
        }
    }

    @Test
    void it_shows_who_would_go_before_anybody_may() {
        try (var realm = realm(Map.of("removalLimitPercent", "10"))) {
            var accounts = realm.addAccounts(25);
            realm.full();
            accounts.subList(0, 2).forEach(realm.realm().site()::delete);

            var preview = realm.preview();

            assertThat(preview.path("removesMissing").asBoolean()).isFalse();
            assertThat(preview.path("removed").asInt()).isZero();
            assertThat(preview.path("missing")).hasSize(2);
            realm.realm().site().delete(accounts.get(2));
            var refused = realm.preview();
            assertThat(refused.path("removalRefused").asText()).contains("3 users", "limit of 10 %");
            assertThat(refused.path("missing")).hasSize(3);
        }
    }

    @Test
    void it_answers_what_is_wrong_and_no_counts_where_gigya_refuses() {
        try (var realm = realm(Map.of())) {
            simulator.faults().on("accounts.search", Fault.errorCode(403007));

            var answer = realm.realm().admin().post(realm.path("gigya/sync-preview"), request(realm));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body().toString()).contains("403007");
        }
    }

    @Test
    void it_knows_federations_of_gigya_alone() {
        try (var realm = realm(Map.of());
                var another = realm(Map.of())) {
            var path = realm.path("gigya/sync-preview");

            assertThat(realm.realm().admin().post(path, request(another)).status())
                    .isEqualTo(404);
            assertThat(realm.realm().admin().post(path, Json.parse("{}")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void it_is_for_administrators_of_users_alone() {
        try (var realm = realm(Map.of())) {
            var users = new UserAdmin(realm.realm());
            users.allowPasswords();
            var path = realm.path("gigya/sync-preview");
            for (var role : List.of("view-realm", "manage-users")) {
                var half = RealmAdministrator.create(users, realm.realm(), role, role, "en");

                assertThat(half.send("POST", path, request(realm).toString()).status())
                        .isEqualTo(403);
            }
        }
    }

    private static JsonNode request(SyncedRealm realm) {
        return Json.parse("{\"componentId\": \"" + realm.realm().componentId() + "\"}");
    }

    private SyncedRealm realm(Map<String, String> federation) {
        return SyncedRealm.create(keycloak, simulator, federation);
    }
}
