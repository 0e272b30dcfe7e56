package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a step that would stop every sign-in are refused when an administrator saves them. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepSettingsIT {

    private static final Map<String, String> NOWHERE = Map.of("federationProvider", "nowhere");
    private static final String NO_FEDERATION =
            "The setting “User federation” can't be used. The realm has no Gigya user federation nowhere.";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    StepSettingsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        realm.admin().post(users.path("authentication/flows"), Json.parse("""
                {"alias": "another", "providerId": "basic-flow", "topLevel": true, "builtIn": false}""")).succeeded();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya-login", "gigya-direct-grant"})
    void new_settings_that_can_not_be_used_are_refused_with_the_reason(String step) {
        var execution = addStep(step);

        assertRefused(configure(execution, NOWHERE), NO_FEDERATION);
        assertRefused(
                configure(execution, Map.of("proofMaxAgeSeconds", "5000")),
                "The setting “Maximum age of a proof (seconds)” must be a whole number from 10 to 600.");
        assertRefused(
                configure(execution, Map.of("loginProof", "word of honour")),
                "The setting “Proof of sign-in” must be one of: idToken, uidSignature.");

        assertThat(execution(execution).has("authenticatorConfig")).isFalse();
    }

    @Test
    void settings_that_were_right_can_not_be_made_wrong() {
        var execution = addStep("gigya-login");
        var config = configure(execution, Map.of("federationProvider", "gigya")).createdId();

        assertRefused(change(config, NOWHERE), NO_FEDERATION);

        assertThat(config(config).at("/config/federationProvider").asText()).isEqualTo("gigya");
        change(config, Map.of("federationProvider", realm.componentId())).succeeded();
        assertThat(realm.admin().adminEvents(realm.name()).toString()).doesNotContain("nowhere");
    }

    @Test
    void a_step_is_not_added_with_settings_that_can_not_be_used() {
        var flow = execution(addStep("gigya-login")).path("parentFlow").asText();
        var config = realm.admin()
                .post(users.path("authentication/config"), config(NOWHERE))
                .createdId();
        var step = (ObjectNode) Json.parse("""
                {"authenticator": "gigya-login", "requirement": "DISABLED"}""");
        // By its alias, as Keycloak looks it up.
        step.put("parentFlow", flow)
                .put("authenticatorConfig", config(config).path("alias").asText());

        assertRefused(realm.admin().post(users.path("authentication/executions"), step), NO_FEDERATION);
    }

    @Test
    void where_the_realm_has_several_federations_one_has_to_be_named() {
        var second = realm.addFederation("second", simulator.addSite(Site.builder()));
        try {
            var execution = addStep("gigya-login");

            assertRefused(
                    configure(execution, Map.of("startScreen", "shop-start")),
                    "The setting “User federation” can't be used. The realm has several Gigya user federations: ");
            configure(execution, Map.of("federationProvider", "second")).succeeded();
        } finally {
            realm.admin().delete(users.path("components/" + second)).succeeded();
        }
    }

    @Test
    void steps_of_others_and_a_federation_that_is_still_to_come_are_let_be() {
        try (var early = GigyaRealm.withoutFederation(keycloak, simulator, realm.site(), same -> {})) {
            var admin = new UserAdmin(early);
            early.admin()
                    .post(admin.path("authentication/flows"), Json.parse("""
                    {"alias": "another", "providerId": "basic-flow", "topLevel": true, "builtIn": false}"""))
                    .succeeded();
            var step = addStep(early, "gigya-login");
            configure(early, step, Map.of("startScreen", "shop-start")).succeeded();
        }
        configure(addStep("identity-provider-redirector"), Map.of("defaultProvider", "nowhere"))
                .succeeded();
    }

    @Test
    void the_administrator_reads_it_in_the_own_language() {
        users.allowPasswords();
        var editor = RealmAdministrator.create(users, realm, "verwalterin", "manage-realm", "de");
        var execution = addStep("gigya-login");

        var answer = editor.send(
                "POST",
                users.path("authentication/executions/" + execution + "/config"),
                config(Map.of("proofMaxAgeSeconds", "5000")).toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText())
                .startsWith("Die Einstellung")
                .doesNotContain("proofMaxAgeSeconds")
                .endsWith("muss eine ganze Zahl von 10 bis 600 sein.");
    }

    private String addStep(String provider) {
        return addStep(realm, provider);
    }

    private static String addStep(GigyaRealm at, String provider) {
        return at.admin()
                .post(
                        new UserAdmin(at).path("authentication/flows/another/executions/execution"),
                        Json.parse("{\"provider\": \"%s\"}".formatted(provider)))
                .createdId();
    }

    private AdminAnswer configure(String execution, Map<String, String> settings) {
        return configure(realm, execution, settings);
    }

    private static AdminAnswer configure(GigyaRealm at, String execution, Map<String, String> settings) {
        return at.admin()
                .post(new UserAdmin(at).path("authentication/executions/" + execution + "/config"), config(settings));
    }

    private AdminAnswer change(String config, Map<String, String> settings) {
        return realm.admin().put(users.path("authentication/config/" + config), config(settings));
    }

    private static ObjectNode config(Map<String, String> settings) {
        var config = (ObjectNode) Json.parse("{\"config\": {}}");
        config.put("alias", "step " + UUID.randomUUID());
        settings.forEach(((ObjectNode) config.get("config"))::put);
        return config;
    }

    private JsonNode config(String id) {
        return realm.admin()
                .get(users.path("authentication/config/" + id))
                .succeeded()
                .body();
    }

    private JsonNode execution(String id) {
        return realm.admin()
                .get(users.path("authentication/executions/" + id))
                .succeeded()
                .body();
    }

    private static void assertRefused(AdminAnswer answer, String reason) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).startsWith(reason);
    }
}
