package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The realm has fine-grained admin permissions, of which nobody has any. Not all administrators may see all users. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestrictedAdministratorIT {

    private static final List<String> QUERIES = List.of(
            "search=Quillfeather",
            "search=",
            "lastName=Quillfeather",
            "email=zora%40example.com&exact=true",
            "q=interests%3Afalconry",
            "");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    private GigyaRealm importing;
    private GigyaRealm remote;

    RestrictedAdministratorIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        importing = realm("true");
        remote = realm("false");
    }

    @AfterAll
    void delete_the_realms() {
        importing.close();
        remote.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_may_only_query_sees_no_account(boolean importEnabled) {
        var restricted = administrator(importEnabled, "query-users");

        for (var query : QUERIES) {
            assertThat(ask(restricted, "users?" + query)).as(query).isEmpty();
            assertThat(ask(restricted, "users/count?" + query).asInt())
                    .as(query)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, view-users", "true, manage-users", "true, realm-admin",
        "false, view-users", "false, manage-users", "false, realm-admin"
    })
    void who_may_view_all_users_sees_the_accounts(boolean importEnabled, String role) {
        var viewer = administrator(importEnabled, role);

        assertThat(ask(viewer, "users?search=Quillfeather"))
                .extracting(RestrictedAdministratorIT::lastName)
                .containsExactly("Quillfeather");
        assertThat(ask(viewer, "users/count?search=Quillfeather").asInt()).isOne();
        assertThat(ask(viewer, "users?q=interests%3Afalconry")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_administrator_of_the_server_sees_the_accounts(boolean importEnabled) {
        var realm = importEnabled ? importing : remote;

        assertThat(realm.admin().users(realm.name(), Map.of("search", "Quillfeather")))
                .extracting(RestrictedAdministratorIT::lastName)
                .containsExactly("Quillfeather");
    }

    private GigyaRealm realm(String importEnabled) {
        var realm = GigyaRealm.create(
                keycloak, simulator, Map.of("importEnabled", importEnabled, "passwordCheck", "off"), Map.of());
        var users = new UserAdmin(realm);
        users.allowPasswords();
        users.changeRealm("""
                {"adminPermissionsEnabled": true}""");
        realm.site()
                .add(Account.builder()
                        .verifiedEmail("zora@example.com")
                        .profile("lastName", "Quillfeather")
                        .data("interests", List.of("falconry")));
        return realm;
    }

    private RealmAdministrator administrator(boolean importEnabled, String role) {
        var realm = importEnabled ? importing : remote;
        return RealmAdministrator.create(new UserAdmin(realm), realm, "with-" + role, role, "en");
    }

    private static JsonNode ask(RealmAdministrator administrator, String path) {
        var answer = administrator.send("GET", new UserAdmin(administrator.realm()).path(path), "");
        assertThat(answer.status()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private static String lastName(JsonNode user) {
        return user.path("lastName").asText();
    }
}
