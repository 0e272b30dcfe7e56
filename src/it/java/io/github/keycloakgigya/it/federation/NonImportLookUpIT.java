package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users whom Keycloak's tables do not hold are looked up, listed and counted all the same. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NonImportLookUpIT {

    private static final Map<String, Integer> ONE_CALL = Map.of("accounts.search", 1);

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    NonImportLookUpIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(
                keycloak, simulator, Map.of("importEnabled", "false", "passwordCheck", "off"), Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void an_address_leads_to_the_account_and_no_row_is_written() {
        var account = realm.site().add(person("asked"));
        simulator.calls().reset();

        var attempts = new ArrayList<NamedAttempt>();
        var statements =
                keycloak.sql().statementsDuring(() -> attempts.add(NamedAttempt.of(realm, "asked@example.com")));

        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
        attempts.get(0).knows(realm.signIn(account).subject());
    }

    @Test
    void pages_and_counts_take_one_call_each() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            all.add(realm.site()
                    .add(person("page" + i).profile("lastName", "Pagesson"))
                    .uid());
        }
        users.addLocal("local", "local@pagesson.example", true);
        var shown = new ArrayList<String>();
        for (int first = 0; first < 15; first += 5) {
            simulator.calls().reset();
            list(Map.of("search", "pagesson", "first", "" + first, "max", "5")).stream()
                    .filter(user -> user.path("id").asText().startsWith("f:"))
                    .forEach(
                            user -> shown.add(user.at("/attributes/gigya.uid/0").asText()));
            assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);

        simulator.calls().reset();
        assertThat(count("search=pagesson")).isEqualTo(12);
        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
    }

    @Test
    void a_list_of_all_shows_accounts_after_local_users_and_disabled_ones_as_disabled() {
        var account = realm.site().add(person("inactive").disabled());
        simulator.calls().reset();

        var all = list(Map.of("max", "100"));

        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
        assertThat(all)
                .filteredOn(user -> user.at("/attributes/gigya.uid/0").asText().equals(account.uid()))
                .singleElement()
                .satisfies(user -> assertThat(user.path("enabled").asBoolean()).isFalse());
        assertThat(count("")).isEqualTo(all.size());
        assertThat(list(Map.of("search", "inactive@example.com", "enabled", "true")))
                .isEmpty();
    }

    @Test
    void a_user_is_found_by_id_by_one_call_and_then_by_none() {
        var id = realm.signIn(realm.site().add(person("byid"))).subject();
        clearCache();
        simulator.calls().reset();

        users.byId(id);
        users.byId(id);

        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
    }

    @Test
    void a_user_whose_account_is_gone_is_not_found() {
        var account = realm.site().add(person("gone"));
        var tokens = realm.signIn(account);
        realm.site().delete(account);
        clearCache();

        assertThat(realm.admin().get(users.path("users/" + tokens.subject())).status())
                .isEqualTo(404);
        assertThat(refresh(tokens).status()).isEqualTo(400);
    }

    @Test
    void an_outage_ends_no_session() {
        var tokens = realm.signIn(realm.site().add(person("surviving")));
        clearCache();
        simulator.faults().on("accounts.search", Fault.httpStatus(500));

        assertThat(refresh(tokens).status()).isEqualTo(503);
        assertThat(realm.admin().get(users.path("users/" + tokens.subject())).status())
                .isEqualTo(503);
        simulator.faults().clear();

        var again = refresh(tokens);
        assertThat(again.status()).isEqualTo(200);
        assertThat(Tokens.of(Json.parse(again.body())).subject()).isEqualTo(tokens.subject());
    }

    @Test
    void a_user_in_keycloaks_cache_outlives_an_outage() {
        var tokens = realm.signIn(realm.site().add(person("cached")));
        users.byId(tokens.subject());
        simulator.faults().on("accounts.search", Fault.httpStatus(500));

        assertThat(refresh(tokens).status()).isEqualTo(200);
    }

    private Page refresh(Tokens tokens) {
        var browser = realm.login().browser();
        return browser.post(
                URI.create(realm.address() + "/protocol/openid-connect/token"),
                Form.of("grant_type", "refresh_token")
                        .and("client_id", "app")
                        .and("refresh_token", tokens.refreshToken()));
    }

    private List<JsonNode> list(Map<String, String> parameters) {
        return realm.admin().users(realm.name(), parameters);
    }

    private int count(String query) {
        return realm.admin()
                .get(users.path("users/count?" + query))
                .succeeded()
                .body()
                .asInt();
    }

    private void clearCache() {
        realm.admin().post(users.path("clear-user-cache"), Json.parse("{}")).succeeded();
    }

    private static AccountBuilder person(String name) {
        return Account.builder()
                .verifiedEmail(name + "@example.com")
                .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                .profile("lastName", "Example");
    }
}
