package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.ConnectionTester;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have a connection tested, and what it is tested with. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTestAccessIT {

    private static final List<String> WORKS = List.of("ok", "ok", "ok", "skipped");
    private static final List<String> NOT_REACHABLE = List.of("failed", "skipped", "skipped", "skipped");

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private UserAdmin users;
    private ConnectionTester tester;

    ConnectionTestAccessIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, gigya);
        users = new UserAdmin(realm);
        users.allowPasswords();
        tester = new ConnectionTester(realm);
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void what_the_console_shows_is_tested_with_the_secret_behind_the_mask() {
        var shown = tester.component();
        assertThat(shown.at("/config/secret/0").asText()).isEqualTo("**********");

        assertThat(ConnectionTester.statuses(tester.test(shown))).isEqualTo(WORKS);
    }

    @Test
    void settings_are_tested_before_they_are_saved_for_the_first_time() {
        var settings = tester.component();
        settings.remove("id");
        settings.put("name", "not saved yet");
        ConnectionTester.set(settings, "secret", realm.site().partnerSecret());

        assertThat(ConnectionTester.statuses(tester.test(settings))).isEqualTo(WORKS);
    }

    @ParameterizedTest
    @CsvSource({
        "apiDomain, login.example.com",
        "apiKey, 3_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "userKey, AAnotherKey"
    })
    void a_secret_that_nobody_typed_is_not_tried_on_another(String setting, String value) {
        var settings = tester.component();
        ConnectionTester.set(settings, setting, value);
        gigya.calls().reset();

        var answer = tester.test(settings);

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(List.of("skipped", "skipped", "failed", "skipped"));
        assertThat(ConnectionTester.messages(answer)).contains("enter the secret again");
        assertThat(gigya.calls().counts()).isEmpty();
    }

    @Test
    void a_host_that_no_request_may_go_to_is_not_called() {
        var settings = tester.component();
        ConnectionTester.set(settings, "apiDomain", "169.254.169.254");
        ConnectionTester.set(settings, "secret", realm.site().partnerSecret());

        var answer = tester.test(settings);

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(NOT_REACHABLE);
        assertThat(ConnectionTester.messages(answer)).contains("must be a host name");
    }

    @Test
    void only_who_may_manage_the_realm_may_test_and_is_answered_in_the_own_language() {
        var reader = RealmAdministrator.create(users, realm, "reader", "view-realm", "en");
        var german = RealmAdministrator.create(users, realm, "tester", "manage-realm", "de");
        gigya.faults().everywhere(Fault.drop());
        gigya.calls().reset();

        assertThat(reader.send("POST", tester.path(), tester.saved().toString()).status())
                .isEqualTo(403);
        assertThat(gigya.calls().counts()).isEmpty();
        var answer = german.send("POST", tester.path(), tester.saved().toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Json.parse(answer.body()).at("/checks/0/message").asText()).contains("nicht erreichbar");
    }

    @Test
    void what_is_no_federation_of_this_realm_can_not_be_tested() {
        try (var other = GigyaRealm.create(keycloak, gigya)) {
            var theirs = Json.parse("{\"componentId\": \"" + other.componentId() + "\"}");
            assertThat(tester.post(theirs).status()).isEqualTo(404);
        }
        assertThat(tester.post(Json.parse("{\"componentId\": \"nothing\"}")).status())
                .isEqualTo(404);
        assertThat(tester.post(Json.parse("[1, 2]")).status()).isEqualTo(400);
        assertThat(tester.post(Json.parse("{\"config\": 7}")).status()).isEqualTo(400);
    }
}
