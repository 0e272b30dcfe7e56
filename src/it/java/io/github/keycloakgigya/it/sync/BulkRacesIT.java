package io.github.keycloakgigya.it.sync;

import static io.github.keycloakgigya.it.sync.BulkClient.account;
import static io.github.keycloakgigya.it.sync.BulkClient.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.sync.BulkClient.Result;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in bulk while somebody else reads or writes them, and looks at them without writing. */
@ExtendWith(SharedServers.class)
class BulkRacesIT {

    private static final String ENTITIES = "entities";
    private static final String MODEL = "model";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    BulkRacesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_server_chooses_the_entities_by_itself() {
        assertThat(new BulkClient(realm, "chosen").post("way", Json.parse("{}")).asText())
                .isEqualTo("JpaBulkUsers");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void what_a_sign_in_wrote_is_not_undone_by_an_older_search(String way) {
        var bulk = new BulkClient(realm, way);
        var person = realm.site().add(Account.builder().verifiedEmail("person@example.com"));
        person.setProfile("firstName", "New");
        realm.signIn(person);
        var now = Instant.now().toEpochMilli();
        var old = account(person.uid(), "person@example.com").put("lastUpdated", now - 60_000);

        assertThat(bulk.preview(old)).isEqualTo(Result.unchanged(1));
        assertThat(bulk.write(old)).isEqualTo(Result.unchanged(1));
        assertThat(realm.userOf(person).path("firstName").asText()).isEqualTo("New");

        assertThat(bulk.write(old.deepCopy().put("lastUpdated", now + 60_000))).isEqualTo(Result.updated(1));
        assertThat(realm.userOf(person).path("firstName").asText()).isEqualTo("First");
        set(old, "firstName", "Newest").put("readAt", now + 600_000);
        assertThat(bulk.write(old)).isEqualTo(Result.updated(1));
    }

    @Test
    void only_a_sign_in_that_writes_says_as_of_when() {
        var person = realm.site().add(Account.builder().verifiedEmail("as-of@example.com"));
        new BulkClient(realm, ENTITIES).write(account(person.uid(), "as-of@example.com"));
        assertThat(realm.userOf(person).path("attributes").has("gigya.asOf")).isFalse();

        realm.signIn(person);

        var asOf = realm.userOf(person).at("/attributes/gigya.asOf/0").asLong();
        assertThat(Instant.ofEpochMilli(asOf))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    }

    @Test
    void what_an_administrator_saves_between_look_and_write_stays() {
        var bulk = new BulkClient(realm, ENTITIES);
        bulk.write(account("late", "late@example.com"));
        var id = users.byUsername("late@example.com").orElseThrow().path("id").asText();

        bulk.post("late", BulkClient.list(set(account("late", "later@example.com"), "firstName", "Changed")));

        var user = users.byId(id);
        assertThat(user.path("firstName").asText()).isEqualTo("Changed");
        assertThat(user.path("username").asText()).isEqualTo("later@example.com");
        assertThat(user.path("enabled").asBoolean()).isFalse();
        assertThat(user.at("/attributes/shoeSize/0").asText()).isEqualTo("42");
    }

    @Test
    void two_writers_of_the_same_accounts_double_and_lose_none() {
        var accounts = IntStream.range(0, 200)
                .mapToObj(number -> account("race-" + number, "race-" + number + "@example.com"))
                .toArray(ObjectNode[]::new);
        var writes = new ArrayList<CompletableFuture<Result>>();
        for (var way : List.of(ENTITIES, ENTITIES, MODEL)) {
            writes.add(CompletableFuture.supplyAsync(() -> new BulkClient(realm, way).write(accounts)));
        }

        var results = writes.stream().map(CompletableFuture::join).toList();

        assertThat(results).allSatisfy(result -> assertThat(result.reasons()).isEmpty());
        assertThat(results)
                .allSatisfy(result -> assertThat(result.added() + result.updated() + result.unchanged())
                        .isEqualTo(200));
        assertThat(realm.users()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void a_preview_counts_what_a_write_would_do_and_writes_nothing(String way) {
        var bulk = new BulkClient(realm, way);
        bulk.write(account("known", "known@example.com"), account("changed", "changed@example.com"));
        users.addLocal("somebody", "somebody@example.com", true);
        var accounts = new ObjectNode[] {
            account("known", "known@example.com"),
            set(account("changed", "changed@example.com"), "firstName", "Changed"),
            account("new", "new@example.com"),
            account("conflict", "somebody@example.com")
        };

        var statements = keycloak.sql()
                .statementsDuring(() -> assertThat(bulk.preview(accounts))
                        .extracting(Result::added, Result::updated, Result::unchanged, Result::reasons)
                        .containsExactly(
                                1,
                                1,
                                1,
                                Map.of("conflict", "its user name or e-mail address belongs to another user")));

        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(bulk.write(accounts))
                .extracting(Result::added, Result::updated, Result::unchanged)
                .containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENTITIES, MODEL})
    void the_federations_users_are_listed_by_id_and_counted(String way) {
        var bulk = new BulkClient(realm, way);
        bulk.write(
                account("one", "one@example.com"),
                account("two", "two@example.com").put("active", false),
                account("three", "three@example.com"));
        users.addLocal("local", "local@example.com", true);

        var first = bulk.post("after", Json.parse("""
                        {"id": "", "most": 2}"""));
        var second =
                bulk.post("after", Json.parse("""
                        {"id": "%s", "most": 2}""".formatted(first.at("/1/id").asText())));

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        var all = new ArrayList<JsonNode>();
        first.forEach(all::add);
        second.forEach(all::add);
        assertThat(all).extracting(user -> user.path("id").asText()).isSorted();
        assertThat(all)
                .extracting(
                        user -> user.path("uid").asText() + user.path("enabled").asBoolean())
                .containsExactlyInAnyOrder("onetrue", "twofalse", "threetrue");
        assertThat(bulk.post("count", Json.parse("{}")).asInt()).isEqualTo(3);
    }
}
