package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection is tested when an administrator saves settings, where {@code checkConnectionOnSave} is on. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SaveCheckIT {

    private static final String OTHER_SECRET = "YW5vdGhlciBzZWNyZXQgYWx0b2dldGhlcg==";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;

    SaveCheckIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeEach
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, gigya, Map.of("checkConnectionOnSave", "true"), Map.of());
        gigya.calls().reset();
    }

    @AfterEach
    void delete_the_realm() {
        gigya.faults().clear();
        realm.close();
    }

    @Test
    void it_is_on_unless_switched_off_and_a_wrong_key_is_not_saved() {
        var federation = component();
        federation.remove("id");
        federation.put("name", "another");
        ((ObjectNode) federation.get("config")).remove("checkConnectionOnSave");
        set(federation, "apiKey", "3_" + "z".repeat(64));
        set(federation, "secret", OTHER_SECRET);

        var refused = realm.admin().post("realms/" + realm.name() + "/components", federation);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText()).contains("Gigya knows no site with this API key");
        assertThat(realm.admin().components(realm.name(), "org.keycloak.storage.UserStorageProvider"))
                .hasSize(1);
    }

    @Test
    void a_wrong_secret_is_refused_with_the_reason_and_nothing_is_saved() {
        var changed = component();
        set(changed, "secret", OTHER_SECRET);

        var refused = save(changed);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText())
                .contains("Gigya refuses the secret")
                .doesNotContain(OTHER_SECRET);
        gigya.calls().reset();
        assertThat(save(component()).status()).isEqualTo(204);
        assertThat(gigya.calls().counts()).as("nothing has changed").isEmpty();
    }

    @Test
    void fields_that_nobody_can_read_are_refused() {
        realm.site().add(Account.builder().verifiedEmail("one@example.com"));
        var changed = component();
        set(changed, "fieldMappings", """
                [{"key":"profile.email","value":"email"},{"key":"data.nobodyHasThis","value":"nothing"}]""");

        var refused = save(changed);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText()).contains("data.nobodyHasThis");
    }

    @Test
    void in_an_outage_the_refusal_says_how_to_save_nevertheless() {
        gigya.faults().everywhere(Fault.drop());
        var changed = component();
        set(changed, "usernameField", "UID");

        var refused = save(changed);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText())
                .contains(gigya.apiDomain(), "\"Check the connection when saving\" switched off");
        set(changed, "checkConnectionOnSave", "false");
        assertThat(save(changed).status()).isEqualTo(204);
    }

    @Test
    void an_outage_keeps_nobody_from_saving_what_gigya_has_no_part_in() {
        gigya.faults().everywhere(Fault.drop());
        var changed = component();
        set(changed, "cachePolicy", "NO_CACHE");
        set(changed, "missingAccountPolicy", "keep");

        assertThat(save(changed).status()).isEqualTo(204);
        assertThat(gigya.calls().counts()).isEmpty();
    }

    @Test
    void an_outage_keeps_nobody_from_importing_a_realm() {
        var federation = component();
        federation.remove("id");
        federation.remove("parentId");
        federation.remove("providerType");
        set(federation, "secret", realm.site().partnerSecret());
        var name = "imported-" + UUID.randomUUID();
        gigya.faults().everywhere(Fault.drop());

        var representation = (ObjectNode) Json.parse("{\"realm\": \"" + name + "\", \"enabled\": true}");
        representation
                .putObject("components")
                .putArray("org.keycloak.storage.UserStorageProvider")
                .add(federation);
        realm.admin().createRealm(representation);

        assertThat(realm.admin().components(name, "org.keycloak.storage.UserStorageProvider"))
                .hasSize(1);
        assertThat(gigya.calls().counts()).isEmpty();
        realm.admin().deleteRealm(name);
    }

    private AdminAnswer save(ObjectNode component) {
        return realm.admin().put("realms/" + realm.name() + "/components/" + realm.componentId(), component);
    }

    private ObjectNode component() {
        return (ObjectNode) realm.admin()
                .get("realms/" + realm.name() + "/components/" + realm.componentId())
                .succeeded()
                .body();
    }

    private static void set(ObjectNode component, String setting, String value) {
        ((ObjectNode) component.get("config")).putArray(setting).add(value);
    }
}
