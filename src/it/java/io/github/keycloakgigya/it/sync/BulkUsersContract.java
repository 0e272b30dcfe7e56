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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of users that are written in bulk, whichever way the server writes them. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BulkUsersContract {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final String way;
    private GigyaRealm realm;
    private UserAdmin users;
    private BulkClient bulk;

    BulkUsersContract(KeycloakServer keycloak, GigyaSimulator simulator, String way) {
        this.keycloak = keycloak;
        this.simulator = simulator;
        this.way = way;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        bulk = new BulkClient(realm, way);
        realm.admin().post(users.path("groups"), Json.parse("""
                        {"name": "newcomers"}""")).succeeded();
        var group = realm.admin().get(users.path("groups")).body().at("/0/id").asText();
        realm.admin()
                .put(users.path("default-groups/" + group), Json.parse("{}"))
                .succeeded();
        realm.admin().post(users.path("roles"), Json.parse("""
                        {"name": "moderator"}""")).succeeded();
        var action = users.path("authentication/required-actions/UPDATE_PROFILE");
        var updated = (ObjectNode) realm.admin().get(action).succeeded().body();
        realm.admin().put(action, updated.put("defaultAction", true)).succeeded();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    GigyaRealm realm() {
        return realm;
    }

    UserAdmin users() {
        return users;
    }

    BulkClient bulk() {
        return bulk;
    }

    @Test
    void a_new_account_gets_the_rows_that_a_sign_in_would_make() {
        var longText = "long ".repeat(100);
        var signedIn = realm.site()
                .add(Account.builder()
                        .verifiedEmail("signed-in@example.com")
                        .profile("firstName", "First")
                        .profile("lastName", "Last")
                        .data("interests", List.of("a", "b", longText)));
        var visitor = realm.visit();
        visitor.post(realm.proofOf(signedIn, visitor.audience()));
        var account = set(account("rows", "in-bulk@example.com"), "interests", "a", "b", longText);

        assertThat(bulk.write(account)).isEqualTo(Result.added(1));

        assertThat(comparable(bulk.rows(idOf("in-bulk@example.com"))))
                .isEqualTo(comparable(bulk.rows(idOf("signed-in@example.com"))));
    }

    @Test
    void unchanged_accounts_write_nothing_and_leave_the_cache_alone() {
        var account = set(account("same", "same@example.com"), "interests", "b", "a", "long ".repeat(100));
        bulk.write(account);
        var id = idOf("same@example.com");
        users.byId(id);

        var statements = keycloak.sql()
                .statementsDuring(() -> assertThat(bulk.write(account)).isEqualTo(Result.unchanged(1)));

        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(keycloak.sql().statementsDuring(() -> users.byId(id)))
                .noneMatch(statement -> statement.reads("USER_ENTITY"));
    }

    @Test
    void what_differs_is_written_and_seen_at_once() {
        bulk.write(set(account("differs", "before@example.com"), "interests", "a", "b"));
        var id = idOf("before@example.com");
        users.byId(id);
        var account = set(account("differs", "after@example.com"), "interests", "c", "long ".repeat(100));
        set(account, "firstName", "Changed").put("emailVerified", false);
        set(account, "lastName");

        assertThat(bulk.write(account)).isEqualTo(Result.updated(1));

        var user = users.byId(id);
        assertThat(user.path("username").asText()).isEqualTo("after@example.com");
        assertThat(user.path("email").asText()).isEqualTo("after@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isFalse();
        assertThat(user.path("firstName").asText()).isEqualTo("Changed");
        assertThat(user.path("lastName").asText()).isEmpty();
        assertThat(texts(user.at("/attributes/interests"))).containsExactlyInAnyOrder("c", "long ".repeat(100));
        assertThat(users.byUsername("before@example.com")).isEmpty();
        assertThat(users.byUsername("after@example.com")).isPresent();
    }

    @Test
    void an_address_that_stays_keeps_whether_it_is_verified() {
        bulk.write(account("stays", "stays@example.com"));

        var account = account("stays", "stays@example.com").put("emailVerified", false);

        assertThat(bulk.write(account)).isEqualTo(Result.unchanged(1));
        assertThat(users.byId(idOf("stays@example.com")).path("emailVerified").asBoolean())
                .isTrue();
    }

    @Test
    void what_no_mapping_owns_stays() {
        bulk.write(set(account("owned", "owned@example.com"), "interests", "a"));
        var id = idOf("owned@example.com");
        var role = realm.admin().get(users.path("roles/moderator")).body();
        realm.admin()
                .post(users.path("users/" + id + "/role-mappings/realm"), Json.parse("[" + role + "]"))
                .succeeded();
        users.change(id, user -> {
            user.withObject("/attributes").putArray("shoeSize").add("42");
            user.putArray("requiredActions").add("CONFIGURE_TOTP");
            user.put("enabled", false);
        });

        var account = set(account("owned", "owned@example.com"), "interests", "b");
        assertThat(bulk.write(set(account, "firstName", "Changed"))).isEqualTo(Result.updated(1));

        var user = users.byId(id);
        assertThat(user.path("firstName").asText()).isEqualTo("Changed");
        assertThat(user.path("enabled").asBoolean()).isFalse();
        assertThat(texts(user.at("/attributes/shoeSize"))).containsExactly("42");
        assertThat(texts(user.path("requiredActions"))).containsExactly("CONFIGURE_TOTP");
        assertThat(users.realmRoles(id)).contains("moderator");
        assertThat(users.groups(id)).containsExactly("newcomers");
    }

    @Test
    void an_account_that_is_not_active_disables_its_user_until_it_is_again() {
        var known = account("known-inactive", "known-inactive@example.com");
        bulk.write(known);
        var fresh = account("new-inactive", "new-inactive@example.com").put("active", false);

        assertThat(bulk.write(known.put("active", false), fresh)).isEqualTo(new Result(1, 1, 0, Map.of()));
        assertThat(isEnabled("known-inactive@example.com")).isFalse();
        assertThat(isEnabled("new-inactive@example.com")).isFalse();
        assertThat(bulk.write(known, fresh)).isEqualTo(Result.unchanged(2));

        known.put("active", true);
        fresh.put("active", true);

        assertThat(bulk.write(known, fresh)).isEqualTo(Result.updated(2));
        assertThat(isEnabled("known-inactive@example.com")).isTrue();
        assertThat(isEnabled("new-inactive@example.com")).isTrue();
    }

    @Test
    void an_inactive_account_that_can_not_be_read_disables_its_user_and_makes_none() {
        bulk.write(account("unreadable", "unreadable@example.com"), account("bystander", "bystander@example.com"));
        var inactive = account("unreadable", "changed@example.com").put("active", false);
        var stranger = account("stranger", "stranger@example.com").put("active", false);

        bulk.post("disable", BulkClient.list(inactive, stranger));

        assertThat(isEnabled("unreadable@example.com")).isFalse();
        assertThat(isEnabled("bystander@example.com")).isTrue();
        assertThat(users.byUsername("stranger@example.com")).isEmpty();
        assertThat(bulk.write(account("unreadable", "unreadable@example.com"))).isEqualTo(Result.updated(1));
        assertThat(isEnabled("unreadable@example.com")).isTrue();
    }

    @Test
    void a_user_whom_an_administrator_disabled_stays_so() {
        bulk.write(account("disabled", "disabled@example.com"));
        users.change(idOf("disabled@example.com"), user -> user.put("enabled", false));

        assertThat(bulk.write(account("disabled", "disabled@example.com").put("active", false)))
                .isEqualTo(Result.unchanged(1));
        assertThat(bulk.write(account("disabled", "disabled@example.com"))).isEqualTo(Result.unchanged(1));

        assertThat(isEnabled("disabled@example.com")).isFalse();
    }

    String idOf(String username) {
        return users.byUsername(username).orElseThrow().path("id").asText();
    }

    private boolean isEnabled(String username) {
        return users.byId(idOf(username)).path("enabled").asBoolean();
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    // Without what is each user's own.
    static Map<String, List<String>> comparable(JsonNode rows) {
        var comparable = new TreeMap<String, List<String>>();
        rows.properties()
                .forEach(table -> comparable.put(
                        table.getKey(),
                        table.getValue()
                                .valueStream()
                                .filter(row -> !row.path("NAME").asText().startsWith("gigya."))
                                .map(row -> {
                                    var columns = (ObjectNode) row;
                                    for (var own : List.of("ID", "USER_ID", "USERNAME", "EMAIL", "EMAIL_CONSTRAINT")) {
                                        columns.remove(own);
                                    }
                                    for (var time : List.of("CREATED_TIMESTAMP", "LAST_MODIFIED_TIMESTAMP")) {
                                        if (columns.path(time).asText("null").matches("\\d{13}")) {
                                            columns.put(time, "now");
                                        }
                                    }
                                    return columns.toString();
                                })
                                .sorted()
                                .toList()));
        return comparable;
    }
}
