package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who belongs to an organization of a B2B site is a member of the realm's organization of that alias, and no longer. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationsIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    OrganizationsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    private SyncedRealm realm(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("organizations", "true"));
        settings.putAll(more);
        var realm = SyncedRealm.create(keycloak, simulator, settings);
        realm.realm()
                .admin()
                .put("realms/" + realm.realm().name(), Json.parse("{\"organizationsEnabled\": true}"))
                .succeeded();
        return realm;
    }

    private static String path(SyncedRealm realm) {
        return "realms/" + realm.realm().name() + "/organizations";
    }

    private static String organization(SyncedRealm realm, String alias, String... groups) {
        var admin = realm.realm().admin();
        var id = admin.post(
                        path(realm),
                        Json.parse("{\"name\": \"The " + alias + "\", \"alias\": \"" + alias
                                + "\", \"domains\": [{\"name\": \"" + alias + ".example\"}]}"))
                .createdId();
        for (var group : groups) {
            admin.post(path(realm) + "/" + id + "/groups", Json.parse("{\"name\": \"" + group + "\"}"))
                    .succeeded();
        }
        return id;
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path("id").asText())
                .toList();
    }

    private static List<String> members(SyncedRealm realm, String organization) {
        return ids(realm.realm()
                .admin()
                .get(path(realm) + "/" + organization + "/members?max=100")
                .succeeded()
                .body());
    }

    private static List<String> membersOfGroup(SyncedRealm realm, String organization, String name) {
        var admin = realm.realm().admin();
        var groups = admin.get(path(realm) + "/" + organization + "/groups")
                .succeeded()
                .body();
        for (var group : groups) {
            if (group.path("name").asText().equals(name)) {
                return ids(admin.get(path(realm) + "/" + organization + "/groups/"
                                + group.path("id").asText() + "/members?max=100")
                        .succeeded()
                        .body());
            }
        }
        throw new AssertionError("no group " + name + " in " + groups);
    }

    private static String idOf(SyncedRealm realm, Account account) {
        return realm.userOf(account).path("id").asText();
    }

    @Test
    void a_sign_in_gives_and_takes_membership_and_groups() {
        try (var realm = realm(Map.of())) {
            var acme = organization(realm, "acme", "buyer", "admin");
            var account = realm.addAccounts(1).get(0);
            account.join("acme", "buyer", "unknown role");
            account.join("nowhere", "admin");

            realm.realm().signIn(account);

            assertThat(members(realm, acme)).containsExactly(idOf(realm, account));
            assertThat(membersOfGroup(realm, acme, "buyer")).containsExactly(idOf(realm, account));
            assertThat(membersOfGroup(realm, acme, "admin")).isEmpty();

            account.join("acme", "admin");
            realm.realm().signIn(account);
            assertThat(membersOfGroup(realm, acme, "buyer")).isEmpty();
            assertThat(membersOfGroup(realm, acme, "admin")).containsExactly(idOf(realm, account));

            account.leave("acme");
            realm.realm().signIn(account);
            assertThat(members(realm, acme)).isEmpty();
            assertThat(membersOfGroup(realm, acme, "admin")).isEmpty();
            assertThat(realm.userOf(account)).isNotNull();
        }
    }

    @Test
    void who_is_not_imported_is_a_member_too() {
        try (var realm = realm(Map.of("importEnabled", "false"))) {
            var acme = organization(realm, "acme", "buyer");
            var account = realm.addAccounts(1).get(0);
            account.join("acme", "buyer");

            var tokens = realm.realm().signIn(account);
            assertThat(tokens).isNotNull();
            var id = idOf(realm, account);
            var of = realm.realm()
                    .admin()
                    .get(path(realm) + "/members/" + id + "/organizations")
                    .succeeded()
                    .body();
            assertThat(ids(of)).containsExactly(acme);

            account.leave("acme");
            realm.realm().signIn(account);
            assertThat(ids(realm.realm()
                            .admin()
                            .get(path(realm) + "/members/" + id + "/organizations")
                            .succeeded()
                            .body()))
                    .isEmpty();
        }
    }

    @Test
    void a_sync_does_the_same_and_asks_nothing_of_users_who_did_not_change() {
        try (var realm = realm(Map.of())) {
            var acme = organization(realm, "acme", "buyer");
            var accounts = realm.addAccounts(15);
            accounts.forEach(account -> account.join("acme", "buyer"));

            assertThat(realm.full().added()).isEqualTo(15);
            assertThat(members(realm, acme)).hasSize(15);
            assertThat(membersOfGroup(realm, acme, "buyer")).hasSize(15);

            var statements = keycloak.sql()
                    .statementsDuring(() -> assertThat(realm.full().updated()).isZero());
            assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));

            accounts.get(3).leave("acme");
            assertThat(realm.full().updated()).isEqualTo(1);
            assertThat(members(realm, acme)).hasSize(14).doesNotContain(idOf(realm, accounts.get(3)));
        }
    }

    @Test
    void who_is_in_no_organization_is_not_read_anew_after_being_added() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(35);

            var reads = realm.readsOfUsersDuring(
                    () -> assertThat(realm.full().added()).isEqualTo(35), keycloak);

            assertThat(reads).hasSizeLessThan(35);
        }
    }

    @Test
    void an_organization_that_comes_later_gets_its_members_from_the_next_sync() {
        try (var realm = realm(Map.of())) {
            var account = realm.addAccounts(1).get(0);
            account.join("acme");
            assertThat(realm.full().added()).isEqualTo(1);

            var acme = organization(realm, "acme");
            assertThat(realm.full().updated()).isEqualTo(1);

            assertThat(members(realm, acme)).containsExactly(idOf(realm, account));
        }
    }

    @Test
    void a_member_whom_an_administrator_added_stays_one() {
        try (var realm = realm(Map.of())) {
            var acme = organization(realm, "acme");
            var umbrella = organization(realm, "umbrella");
            var account = realm.addAccounts(1).get(0);
            realm.realm().signIn(account);
            var id = idOf(realm, account);
            for (var organization : List.of(acme, umbrella)) {
                realm.realm()
                        .admin()
                        .post(path(realm) + "/" + organization + "/members", TextNode.valueOf(id))
                        .succeeded();
            }

            account.join("acme");
            realm.realm().signIn(account);
            account.leave("acme");
            realm.realm().signIn(account);
            assertThat(realm.full().failed()).isZero();

            assertThat(members(realm, acme)).containsExactly(id);
            assertThat(members(realm, umbrella)).containsExactly(id);
        }
    }

    @Test
    void nobody_joins_by_what_he_writes_into_his_own_account() {
        try (var realm = realm(Map.of(
                "fieldMappings",
                "[{\"key\":\"profile.email\",\"value\":\"email\"},{\"key\":\"data.groups\",\"value\":\"g\"}]"))) {
            var acme = organization(realm, "acme");
            var account = realm.addAccounts(1).get(0);
            account.setData("groups.organizations", List.of(Map.of("orgId", "acme", "status", "active")));
            account.setProfile("nickname", "groups.organizations=acme");

            realm.realm().signIn(account);
            assertThat(realm.full().failed()).isZero();

            assertThat(members(realm, acme)).isEmpty();
        }
    }
}
