package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

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
    void a_new_one_is_not_read_back_from_the_admin_events() {
        var secret = realm.site().partnerSecret();

        realm.admin().updateComponent(realm.name(), realm.componentId(), with("secret", secret));

        assertThat(realm.admin().get(users.path("admin-events")).body().toString())
                .contains(realm.componentId())
                .doesNotContain(secret);
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
        users.add("""
                {"username": "verwalterin", "email": "v@example.com", "firstName": "V", "lastName": "V", "enabled": true,
                 "attributes": {"locale": ["de"]},
                 "credentials": [{"type": "password", "value": "local password"}]}""");
        makeRealmAdmin("verwalterin");
        var token = Json.parse(users.password("verwalterin", "local password").body())
                .path("access_token")
                .asText();

        var answer = put(token, with("apiKey", "1_nonsense").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText())
                .contains("Der API-Schlüssel muss der einer Site sein");
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

    private void makeRealmAdmin(String username) {
        var id = users.byUsername(username).orElseThrow().path("id").asText();
        var client = realm.admin()
                .get(users.path("clients?clientId=realm-management"))
                .body()
                .at("/0/id")
                .asText();
        var role = realm.admin()
                .get(users.path("clients/" + client + "/roles/realm-admin"))
                .body();
        realm.admin()
                .post(users.path("users/" + id + "/role-mappings/clients/" + client), Json.parse("[" + role + "]"))
                .succeeded();
    }

    private Page put(String token, String representation) {
        var browser = realm.login().browser();
        return browser.once(browser.request(
                        URI.create(browser.server() + "/admin/" + users.path("components/" + realm.componentId())))
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .setHeader("Authorization", "Bearer " + token)
                .PUT(BodyPublishers.ofString(representation))
                .build());
    }
}
