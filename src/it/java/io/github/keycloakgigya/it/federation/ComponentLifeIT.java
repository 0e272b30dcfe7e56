package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user federation from its creation to its end, through the admin API. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComponentLifeIT {

    private static final String TYPE = "org.keycloak.storage.UserStorageProvider";
    private static final String MASK = "**********";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private UserAdmin users;

    ComponentLifeIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeEach
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, gigya, Map.of("existingUserPolicy", "linkVerifiedEmail"), Map.of());
        users = new UserAdmin(realm);
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void no_setting_is_forgotten_here() {
        var types = realm.admin().get("serverinfo").succeeded().body().at("/componentTypes/" + TYPE);

        types.forEach(type -> {
            if (type.path("id").asText().equals("gigya")) {
                assertThat(type.path("properties").findValuesAsText("name"))
                        .containsExactlyInAnyOrderElementsOf(
                                FederationSettings.every().keySet());
                assertThat(type.path("properties").findValuesAsText("label"))
                        .allSatisfy(label -> assertThat(label).startsWith("gigya"));
            }
        });
        assertThat(types.findValuesAsText("id")).contains("gigya");
    }

    @Test
    void every_setting_is_created_edited_exported_and_imported() {
        var settings = FederationSettings.every();
        var id = realm.admin().createComponent(realm.name(), FederationSettings.component("whole", settings));
        assertHolds(component(id), settings);

        var edited = new HashMap<>(settings);
        edited.putAll(Map.of("searchPageSize", "500", "syncRemovesMissing", "false", "usernameField", "UID"));
        realm.admin()
                .put(users.path("components/" + id), with(component(id), edited))
                .succeeded();
        assertHolds(component(id), edited);

        var export = realm.admin()
                .post("realms/" + realm.name() + "/partial-export", Json.parse("{}"))
                .succeeded()
                .body();
        assertThat(export.toString()).doesNotContain(settings.get("secret"));
        var exported = named(export.at("/components/" + TYPE), "whole");
        assertHolds(exported, edited);

        assertHolds(imported(exported, settings.get("secret")), edited);
    }

    private JsonNode imported(ObjectNode exported, String secret) {
        var name = "imported-" + UUID.randomUUID();
        ((ObjectNode) exported.get("config")).putArray("secret").add(secret);
        exported.remove("id");
        var representation = (ObjectNode) Json.parse("{\"realm\": \"" + name + "\", \"enabled\": true}");
        representation.putObject("components").putArray(TYPE).add(exported);
        realm.admin().createRealm(representation);
        var components = realm.admin().components(name, TYPE);
        realm.admin().deleteRealm(name);
        assertThat(components).hasSize(1);
        return components.get(0);
    }

    @Test
    void linked_users_become_local_ones_like_imported_ones() {
        var local = linkedUser();
        var imported = importedUser();

        realm.admin()
                .post(users.path("user-storage/" + realm.componentId() + "/unlink-users"), Json.parse("{}"))
                .succeeded();

        assertThat(users.byId(local).has("federationLink")).isFalse();
        assertThat(users.byId(imported).has("federationLink")).isFalse();
        assertThat(users.byId(local).path("username").asText()).isEqualTo("linked@example.com");
    }

    @Test
    void linked_users_are_removed_with_imported_ones_and_nobody_else() {
        linkedUser();
        importedUser();
        var other = users.addLocal("other", "other@example.com", true);

        realm.admin()
                .post(users.path("user-storage/" + realm.componentId() + "/remove-imported-users"), Json.parse("{}"))
                .succeeded();

        assertThat(realm.users()).extracting(user -> user.path("id").asText()).containsExactly(other);
    }

    @Test
    void with_the_federation_every_row_of_it_and_of_its_users_is_gone() {
        var imported = importedUser();
        var id = realm.componentId();
        var database = new DatabaseCopy(keycloak.home());
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(database.placesOf(imported)).contains("USER_ENTITY.ID", "USER_ATTRIBUTE.USER_ID"));
        assertThat(database.placesOf(id)).contains("COMPONENT.ID", "COMPONENT_CONFIG.COMPONENT_ID");

        realm.admin().delete(users.path("components/" + id)).succeeded();

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            assertThat(database.placesOf(id)).isEmpty();
            assertThat(database.placesOf(imported)).isEmpty();
        });
    }

    private String linkedUser() {
        var local = users.addLocal("before", "linked@example.com", true);
        var account = realm.site().add(Account.builder().verifiedEmail("linked@example.com"));
        assertThat(realm.signIn(account).subject()).isEqualTo(local);
        return local;
    }

    private String importedUser() {
        return realm.signIn(realm.site().add(Account.builder().verifiedEmail("imported@example.com")))
                .subject();
    }

    private ObjectNode component(String id) {
        return (ObjectNode)
                realm.admin().get(users.path("components/" + id)).succeeded().body();
    }

    private static ObjectNode named(JsonNode components, String name) {
        for (var component : components) {
            if (component.path("name").asText().equals(name)) {
                return (ObjectNode) component;
            }
        }
        throw new AssertionError("No component " + name + " in the export");
    }

    private static ObjectNode with(ObjectNode component, Map<String, String> settings) {
        settings.forEach((key, value) ->
                ((ObjectNode) component.get("config")).putArray(key).add(value));
        return component;
    }

    private static void assertHolds(JsonNode component, Map<String, String> settings) {
        settings.forEach((key, value) -> assertThat(
                        component.path("config").path(key).path(0).asText())
                .as(key)
                .isEqualTo(key.equals("secret") ? MASK : value));
    }
}
