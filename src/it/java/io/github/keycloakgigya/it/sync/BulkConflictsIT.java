package io.github.keycloakgigya.it.sync;

import static io.github.keycloakgigya.it.sync.BulkClient.account;
import static io.github.keycloakgigya.it.sync.BulkClient.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.sync.BulkClient.Result;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts in bulk whose user names or e-mail addresses are somebody's already, and accounts that can't be written. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkConflictsIT {

    private static final String ENTITIES = "entities";
    private static final String MODEL = "model";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm refusing;
    private GigyaRealm linking;

    BulkConflictsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        refusing = GigyaRealm.create(keycloak, simulator);
        linking = GigyaRealm.create(keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"), Map.of());
    }

    @AfterAll
    void delete_the_realms() {
        refusing.close();
        linking.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void a_local_users_address_fails_one_account_and_no_other(String way) {
        var local = new UserAdmin(refusing).addLocal(way + "-local", way + "-local@example.com", true);

        var result = new BulkClient(refusing, way)
                .write(
                        account(way + "-mallory", way + "-local@example.com"),
                        account(way + "-other", way + "@x.example"));

        assertThat(result.added()).isEqualTo(1);
        assertThat(result.reasons()).containsOnlyKeys(way + "-mallory");
        assertThat(result.reasons().get(way + "-mallory"))
                .contains("belongs to another user")
                .doesNotContain("example.com");
        assertThat(new UserAdmin(refusing).byId(local).has("federationLink")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void a_name_that_is_a_local_users_address_is_a_conflict_as_well(String way) {
        new UserAdmin(refusing).addLocal(way + "-cross", way + "-cross@example.com", true);
        var account = account(way + "-crossing", way + "-free@example.com").put("username", way + "-cross@example.com");

        assertThat(new BulkClient(refusing, way).write(account).reasons()).containsOnlyKeys(way + "-crossing");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void of_two_accounts_with_one_address_the_first_wins(String way) {
        var bulk = new BulkClient(refusing, way);
        var first = account(way + "-first", way + "-shared@example.com");
        var second = account(way + "-second", way + "-shared@example.com").put("username", way + "-second");

        assertThat(bulk.write(first, second).reasons()).containsOnlyKeys(way + "-second");
        assertThat(bulk.write(first, second))
                .extracting(Result::unchanged, result -> result.reasons().size())
                .containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void a_known_users_new_address_that_is_anothers_fails(String way) {
        var bulk = new BulkClient(refusing, way);
        bulk.write(account(way + "-a", way + "-a@example.com"), account(way + "-b", way + "-b@example.com"));

        var result = bulk.write(account(way + "-b", way + "-a@example.com"));

        assertThat(result.reasons()).containsOnlyKeys(way + "-b");
        assertThat(new UserAdmin(refusing).byUsername(way + "-b@example.com")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void nobody_escapes_a_ban_by_an_address_that_is_anothers(String way) {
        var bulk = new BulkClient(refusing, way);
        var users = new UserAdmin(refusing);
        users.addLocal(way + "-victim", way + "-victim@example.com", true);
        bulk.write(account(way + "-banned", way + "-banned@example.com"));
        var conflicting = account(way + "-banned", way + "-victim@example.com").put("active", false);

        assertThat(bulk.write(conflicting).reasons()).containsOnlyKeys(way + "-banned");

        var banned = users.byUsername(way + "-banned@example.com").orElseThrow();
        assertThat(banned.path("enabled").asBoolean()).isFalse();
        bulk.write(conflicting.put("active", true));
        assertThat(users.byUsername(way + "-banned@example.com")
                        .orElseThrow()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void nobody_escapes_a_ban_by_what_the_database_refuses(String way) {
        var bulk = new BulkClient(refusing, way);
        bulk.write(account(way + "-long", way + "-long@example.com"));
        var refused = set(account(way + "-long", way + "-long@example.com"), "n".repeat(300), "value");

        assertThat(bulk.write(refused.put("active", false)).reasons()).containsOnlyKeys(way + "-long");

        var banned = new UserAdmin(refusing).byUsername(way + "-long@example.com");
        assertThat(banned.orElseThrow().path("enabled").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void an_address_that_another_account_gives_up_in_the_same_batch_is_free(String way) {
        var bulk = new BulkClient(refusing, way);
        bulk.write(account(way + "-leaver", way + "-moving@example.com"));

        var result = bulk.write(
                account(way + "-leaver", way + "-moved@example.com"),
                account(way + "-taker", way + "-moving@example.com"));

        assertThat(result).isEqualTo(new Result(1, 1, 0, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void the_same_account_twice_makes_one_user(String way) {
        var account = account(way + "-twice", way + "-twice@example.com");

        assertThat(new BulkClient(refusing, way).write(account, account)).isEqualTo(new Result(1, 0, 1, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void an_account_that_the_database_refuses_does_not_keep_the_others_away(String way) {
        var bad = set(account(way + "-bad", way + "-bad@example.com"), "n".repeat(300), "value");

        var result = new BulkClient(refusing, way)
                .write(
                        account(way + "-good", way + "-good@example.com"),
                        bad,
                        account(way + "-fine", way + "-fine@example.com"));

        assertThat(result.added()).isEqualTo(2);
        assertThat(result.reasons()).containsOnlyKeys(way + "-bad");
        assertThat(result.reasons().get(way + "-bad")).doesNotContain("example.com", "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void where_the_policy_says_so_a_verified_address_links(String way) {
        var users = new UserAdmin(linking);
        var bulk = new BulkClient(linking, way);
        var id = users.addLocal(way + "-person", way + "-person@example.com", true);
        var unverified = account(way + "-uid", way + "-person@example.com").put("emailVerified", false);
        var inactive = account(way + "-uid", way + "-person@example.com").put("active", false);
        assertThat(bulk.write(unverified).reasons()).containsOnlyKeys(way + "-uid");
        assertThat(bulk.write(inactive).reasons()).containsOnlyKeys(way + "-uid");
        var account = account(way + "-uid", way + "-person@example.com");

        assertThat(bulk.preview(account)).isEqualTo(Result.updated(1));
        assertThat(bulk.write(account)).isEqualTo(Result.updated(1));

        assertThat(users.byId(id).path("federationLink").asText()).isEqualTo(linking.componentId());
        assertThat(bulk.write(account)).isEqualTo(Result.unchanged(1));
        assertThat(bulk.write(set(account, "firstName", "Later"))).isEqualTo(Result.updated(1));
        assertThat(users.byId(id).path("firstName").asText()).isEqualTo("Later");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void an_unlinked_user_is_not_taken_back(String way) {
        var users = new UserAdmin(refusing);
        var bulk = new BulkClient(refusing, way);
        var account = account(way + "-unlinked", way + "-unlinked@example.com");
        bulk.write(account);
        var id = users.byUsername(way + "-unlinked@example.com")
                .orElseThrow()
                .path("id")
                .asText();
        refusing.admin()
                .post(users.path("user-storage/" + refusing.componentId() + "/unlink-users"), Json.parse("{}"))
                .succeeded();

        assertThat(bulk.write(account)).as("who has left is no failure").isEqualTo(new Result(0, 0, 0, Map.of()));

        assertThat(users.byId(id).has("federationLink")).isFalse();
    }
}
