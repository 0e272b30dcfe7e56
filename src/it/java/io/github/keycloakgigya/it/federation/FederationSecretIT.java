package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The secret of a site in Keycloak's hands. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationSecretIT {

    private static final String MASK = "**********";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    FederationSecretIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        users.changeRealm("""
                {"adminEventsEnabled": true, "adminEventsDetailsEnabled": true}""");
    }

    @BeforeEach
    void save_the_secret() {
        realm.admin()
                .updateComponent(
                        realm.name(),
                        realm.componentId(),
                        with("secret", realm.site().partnerSecret()));
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void nobody_reads_it_back() {
        saveAsShown();

        assertThat(secretIn(component())).isEqualTo(MASK);
        var export = realm.admin().post("realms/" + realm.name() + "/partial-export", Json.parse(""));
        assertThat(export.succeeded().body().toString())
                .contains(realm.site().apiKey())
                .doesNotContain(realm.site().partnerSecret());
        var adminEvents =
                realm.admin().get(users.path("admin-events")).succeeded().body();
        assertThat(adminEvents.toString())
                .contains(realm.site().apiKey())
                .doesNotContain(realm.site().partnerSecret());
    }

    @Test
    void saving_what_the_console_shows_keeps_it() {
        saveAsShown();

        assertThat(realm.signIn(account("kept")).subject()).isNotNull();
    }

    @Test
    void a_reference_to_the_vault_is_resolved_and_stays_readable() {
        keycloak.putSecret(realm.name(), "gigya", realm.site().partnerSecret());

        realm.admin().updateComponent(realm.name(), realm.componentId(), with("secret", "${vault.gigya}"));

        assertThat(secretIn(component())).isEqualTo("${vault.gigya}");
        assertThat(realm.signIn(account("vaulted")).subject()).isNotNull();
    }

    @Test
    void a_reference_that_leads_nowhere_is_refused_with_the_reason() {
        var answer =
                realm.admin().put(users.path("components/" + realm.componentId()), with("secret", "${vault.lost}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).contains("no such entry", "${vault.");
    }

    @Test
    void an_administrator_who_reads_german_is_refused_in_german() {
        users.allowPasswords();
        var administrator = RealmAdministrator.create(users, realm, "verwalterin", "realm-admin", "de");

        var answer = administrator.send(
                "PUT",
                users.path("components/" + realm.componentId()),
                with("apiKey", "1_nonsense").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText())
                .contains("API-Schlüssel", "einer Site", "Gigya-Konsole");
    }

    @ParameterizedTest
    @MethodSource("what_a_secret_is_for")
    void a_secret_that_nobody_typed_is_not_used_for_another(String setting, String value) {
        var before = component();

        var refused = realm.admin().put(users.path("components/" + realm.componentId()), with(setting, value));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText()).contains("enter the secret again");
        assertThat(component()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("what_a_secret_is_for")
    void a_secret_that_was_typed_again_is_even_where_it_is_the_same(String setting, String value) {
        var typed = with(setting, value);
        ((ObjectNode) typed.get("config")).putArray("secret").add(realm.site().partnerSecret());

        realm.admin().updateComponent(realm.name(), realm.componentId(), typed);

        assertThat(component().at("/config/" + setting + "/0").asText()).isEqualTo(value);
        var back = with("apiDomain", simulator.apiDomain());
        var config = (ObjectNode) back.get("config");
        config.putArray("apiKey").add(realm.site().apiKey());
        config.putArray("userKey");
        config.putArray("secret").add(realm.site().partnerSecret());
        realm.admin().updateComponent(realm.name(), realm.componentId(), back);
    }

    static Stream<Arguments> what_a_secret_is_for() {
        return Stream.of(
                Arguments.of("apiDomain", "login.example.com"),
                Arguments.of("apiKey", "3_" + "z".repeat(64)),
                Arguments.of("userKey", "AAnotherKey"));
    }

    private void saveAsShown() {
        realm.admin().updateComponent(realm.name(), realm.componentId(), component());
    }

    private JsonNode component() {
        return realm.admin()
                .get(users.path("components/" + realm.componentId()))
                .succeeded()
                .body();
    }

    private JsonNode with(String setting, String value) {
        var component = (ObjectNode) component();
        ((ObjectNode) component.get("config")).putArray(setting).add(value);
        return component;
    }

    private static String secretIn(JsonNode component) {
        return component.at("/config/secret/0").asText();
    }

    private Account account(String name) {
        return realm.site().add(Account.builder().verifiedEmail(name + "@example.com"));
    }
}
