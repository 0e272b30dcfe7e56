package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gigya owns of a user looks read-only and is it; everything else stays Keycloak's. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyAttributesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private Account account;
    private Tokens tokens;

    ReadOnlyAttributesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        account = realm.site().add(person("readonly"));
        tokens = realm.signIn(account);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_console_shows_what_gigya_owns_as_read_only(boolean importEnabled) {
        try (var own = GigyaRealm.create(
                keycloak, simulator, Map.of("importEnabled", Boolean.toString(importEnabled)), Map.of())) {
            var id = own.signIn(own.site().add(person("shown"))).subject();

            var profile = new UserAdmin(own).byIdWithProfile(id);

            assertThat(readOnly(profile))
                    .contains("username", "email", "firstName", "lastName", "interests", "memberNumber", "gigya.uid");
            assertThat(attribute(profile, "gigya.uid").path("displayName").asText())
                    .isEqualTo("Gigya UID");
        }
    }

    @Test
    void users_from_elsewhere_stay_editable() {
        var local = users.addLocal("neighbour", "neighbour@example.com", true);
        users.byIdWithProfile(tokens.subject());

        // Keycloak's own choice for user names of users who exist.
        assertThat(readOnly(users.byIdWithProfile(local))).isSubsetOf("username");
        users.change(local, user -> user.put("firstName", "Changed"));
        assertThat(users.byId(local).path("firstName").asText()).isEqualTo("Changed");
    }

    @Test
    void an_administrator_changes_what_is_keycloaks_and_not_what_is_gigyas() {
        var id = tokens.subject();
        users.change(
                id,
                user -> ((ObjectNode) user.get("attributes"))
                        .putArray("shoeSize")
                        .add("42"));
        var changed = (ObjectNode) users.byId(id);
        changed.put("firstName", "Forged").put("email", "forged@example.com").put("username", "forged");
        ((ObjectNode) changed.get("attributes")).putArray("interests").add("forged");
        ((ObjectNode) changed.get("attributes")).putArray("gigya.uid").add("forged");

        realm.admin().put(users.path("users/" + id), changed);

        var user = users.byId(id);
        assertThat(user.toString()).doesNotContain("forged").doesNotContain("Forged");
        assertThat(user.at("/attributes/shoeSize/0").asText()).isEqualTo("42");
        assertThat(user.at("/attributes/interests/0").asText()).isEqualTo("chess");
    }

    @Test
    void a_person_changes_in_the_account_console_what_is_keycloaks_and_not_what_is_gigyas() {
        var mine = realm.site().add(person("console"));
        var own = realm.signIn(mine);
        var profile = (ObjectNode) Json.parse(account(own, "").body());
        profile.putObject("attributes").putArray("phone").add("4711");

        assertThat(account(own, profile.toString()).status()).isEqualTo(204);
        profile.put("firstName", "Forged");
        account(own, profile.toString());

        var user = users.byId(own.subject());
        assertThat(user.at("/attributes/phone/0").asText()).isEqualTo("4711");
        assertThat(user.path("firstName").asText()).isEqualTo("Console");
        assertThat(readOnly(Json.parse(account(own, "").body()))).contains("firstName", "email");
    }

    @Test
    void a_sign_in_still_changes_what_is_gigyas() {
        var changing = realm.site().add(person("changing"));
        var id = realm.signIn(changing).subject();
        changing.setProfile("firstName", "Later");
        changing.setData("interests", List.of("rowing"));

        var claims = realm.signIn(changing).accessClaims();

        assertThat(claims.path("given_name").asText()).isEqualTo("Later");
        assertThat(users.byId(id).at("/attributes/interests/0").asText()).isEqualTo("rowing");
    }

    @Test
    void a_realm_that_keeps_no_unmanaged_attributes_keeps_the_mapped_ones() {
        var site = simulator.addSite(Site.builder());
        try (var strict = GigyaRealm.create(
                keycloak, simulator, site, Map.of(), Map.of(), representation -> representation.remove("components"))) {
            var id = strict.signIn(site.add(person("strict"))).subject();
            var strictUsers = new UserAdmin(strict);
            strictUsers.change(id, user -> user.put("emailVerified", false));

            var user = strictUsers.byId(id);

            assertThat(user.at("/attributes/interests/0").asText()).isEqualTo("chess");
            assertThat(user.at("/attributes/gigya.uid/0").asText()).isNotEmpty();
            assertThat(user.path("emailVerified").asBoolean()).isFalse();
            assertThat(attribute(strictUsers.byIdWithProfile(id), "gigya.uid")
                            .path("group")
                            .asText())
                    .isEqualTo("user-metadata");
        }
    }

    private Page account(Tokens of, String body) {
        var browser = realm.login().browser();
        var request = browser.request(URI.create(realm.address() + "/account/"))
                .setHeader("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + of.accessToken());
        return browser.once(
                body.isEmpty()
                        ? request.GET().build()
                        : request.POST(BodyPublishers.ofString(body)).build());
    }

    private static Set<String> readOnly(JsonNode profile) {
        return StreamSupport.stream(
                        profile.at("/userProfileMetadata/attributes").spliterator(), false)
                .filter(attribute -> attribute.path("readOnly").asBoolean())
                .map(attribute -> attribute.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode attribute(JsonNode profile, String name) {
        return StreamSupport.stream(
                        profile.at("/userProfileMetadata/attributes").spliterator(), false)
                .filter(attribute -> attribute.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AccountBuilder person(String name) {
        return Account.builder()
                .verifiedEmail(name + "@example.com")
                .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                .profile("lastName", "Example")
                .data("interests", List.of("chess"))
                .data("memberNumber", 4711);
    }
}
