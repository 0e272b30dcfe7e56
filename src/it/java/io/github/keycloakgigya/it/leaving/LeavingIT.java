package io.github.keycloakgigya.it.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordForm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A company of 120 people leaves Gigya: everybody whom the report calls ready signs in with the old password. */
@ExtendWith(SharedServers.class)
class LeavingIT {

    private static final String LINKED = "googleplus";
    private static final String GOLD = "gold";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final Map<String, OldPassword> passwords = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private GigyaRealm realm;
    private UserAdmin users;

    LeavingIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void who_is_called_ready_signs_in_with_the_old_password_when_gigya_is_gone() {
        try (var left = PasswordForm.realm(keycloak, simulator, Map.of())) {
            realm = left;
            users = new UserAdmin(realm);
            addPeople();
            prepareKeycloak();
            var file = String.join("\n", lines);

            var preview = file("/preview", file);
            var done = file("/start", file);

            assertThat(done.path("states")).isEqualTo(preview.path("states"));
            assertThat(done.path("done").asInt()).isEqualTo(120);
            assertThat(counts(done))
                    .isEqualTo(Map.of(
                            "ready", 80,
                            "unsupported", 12,
                            "passwordless", 6,
                            "socialOnly", 10,
                            "inactive", 4,
                            "incomplete", 4,
                            "notImported", 4));
            assertThat(done.at("/states/socialOnly/by"))
                    .isEqualTo(Json.parse("{\"googleplus (linked)\": 6, \"twitter (not linked)\": 4}"));
            var ready = report("ready");
            assertThat(ready).hasSize(80);
            assertThat(report("unsupported")).hasSize(12);
            var before = snapshots();
            assertThat(linked()).as("Gigya is asked until the release").isEmpty();

            releaseAll();
            assertThat(linked())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 6)
                            .mapToObj(number -> email(LINKED + number) + " is at " + LINKED + number)
                            .toList());
            realm.admin()
                    .delete(users.path("components/" + realm.componentId()))
                    .succeeded();
            simulator.calls().reset();

            assertThat(snapshots()).isEqualTo(before);
            ready.forEach(this::signsInWithTheOldPassword);
            assertThat(simulator.calls().counts()).isEmpty();
        }
    }

    private void addPeople() {
        for (var algorithm : OldPassword.ALGORITHMS) {
            for (var i = 0; i < 10; i++) {
                var name = algorithm.replace('_', '-') + i;
                person(name, OldPassword.of(algorithm, "password of " + name));
            }
        }
        for (var i = 0; i < 8; i++) {
            person("drupal" + i, OldPassword.unsupported("drupal"));
        }
        for (var i = 0; i < 4; i++) {
            person("custom" + i, OldPassword.unsupported("custom"));
            line("stranger" + i, Json.parse("{}"));
            line(person("inactive" + i), Json.parse("{\"isActive\": false}"));
            line(person("incomplete" + i), Json.parse("{\"isRegistered\": false}"));
            social("twitter", i);
        }
        for (var i = 0; i < 6; i++) {
            line(person("phone" + i), Json.parse("{}"));
            social(LINKED, i);
        }
        full();
    }

    private void person(String name, OldPassword password) {
        passwords.put(email(name), password);
        line(person(name), Json.parse("{\"password\": " + password.stored() + "}"));
    }

    private void social(String provider, int number) {
        var name = provider + number;
        line(
                person(name),
                Json.parse("{\"identities\": [{\"provider\": \"%s\", \"providerUID\": \"at %s\"}]}"
                        .formatted(provider, name)));
    }

    private String person(String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(email(name))
                        .profile("firstName", "First")
                        .profile("lastName", name))
                .uid();
    }

    private static String email(String name) {
        return name + "@example.com";
    }

    private void line(String uid, JsonNode members) {
        var account = ((ObjectNode) Json.parse("{\"isActive\": true, \"isRegistered\": true}")).put("UID", uid);
        account.put("lastLogin", "2025-11-29T10:00:00.000Z");
        account.setAll((ObjectNode) members);
        lines.add(account.toString());
    }

    private void full() {
        realm.admin()
                .post(
                        users.path("user-storage/" + realm.componentId() + "/sync?action=triggerFullSync"),
                        Json.parse("{}"))
                .succeeded();
    }

    private void prepareKeycloak() {
        realm.admin()
                .post(users.path("identity-provider/instances"), Json.parse("""
                        {"alias": "%s", "providerId": "google", "enabled": true,
                         "config": {"clientId": "client", "clientSecret": "secret"}}""".formatted(LINKED)))
                .succeeded();
        users.addRealmRole(GOLD);
        var group = realm.admin()
                .post(users.path("groups"), Json.parse("{\"name\": \"members\"}"))
                .createdId();
        var role = realm.admin().get(users.path("roles/" + GOLD)).body();
        for (var name : List.of("pbkdf20", "bcrypt1", "drupal2", "googleplus3")) {
            var user = users.path("users/" + id(email(name)));
            realm.admin()
                    .post(user + "/role-mappings/realm", Json.parse("[" + role + "]"))
                    .succeeded();
            realm.admin().put(user + "/groups/" + group, Json.parse("{}")).succeeded();
        }
    }

    private String id(String email) {
        return users.byUsername(email).orElseThrow().path("id").asText();
    }

    private Map<String, Integer> counts(JsonNode answer) {
        var counts = new LinkedHashMap<String, Integer>();
        answer.path("states")
                .properties()
                .forEach(state -> counts.put(
                        state.getKey(), state.getValue().path("count").asInt()));
        return counts;
    }

    private List<String> report(String state) {
        var names = new ArrayList<String>();
        realm.admin()
                .get(leaving("/report?state=" + state))
                .succeeded()
                .body()
                .path("users")
                .forEach(user -> names.add(user.path("username").asText()));
        return names;
    }

    /** {@return of everybody what must not change} */
    private Map<String, List<Object>> snapshots() {
        var snapshots = new LinkedHashMap<String, List<Object>>();
        for (var user : realm.users()) {
            var id = user.path("id").asText();
            snapshots.put(
                    id,
                    List.of(
                            user.path("username"),
                            user.path("email"),
                            user.path("emailVerified"),
                            user.path("firstName"),
                            user.path("enabled"),
                            user.at("/attributes/gigya.uid"),
                            users.realmRoles(id),
                            users.groups(id)));
        }
        return snapshots;
    }

    /** {@return who is linked to an identity, and to which} */
    private List<String> linked() {
        var linked = new ArrayList<String>();
        for (var user : realm.users()) {
            realm.admin()
                    .get(users.path("users/" + user.path("id").asText() + "/federated-identity"))
                    .succeeded()
                    .body()
                    .forEach(link -> linked.add(user.path("username").asText() + " is "
                            + link.path("userId").asText()));
        }
        return linked;
    }

    private void releaseAll() {
        assertThat(realm.admin()
                        .post(leaving("/release"), Json.parse("{\"state\": \"ready\"}"))
                        .succeeded()
                        .body()
                        .path("released")
                        .asInt())
                .isEqualTo(80);
        var unable = realm.admin().post(leaving("/release"), Json.parse("{\"all\": true}"));
        assertThat(unable.status()).isEqualTo(409);
        assertThat(unable.body().path("unable").asInt())
                .as("all but those who are ready, or linked; inactive and incomplete people have no password")
                .isEqualTo(12 + 6 + 4 + 8);
        realm.admin()
                .post(
                        leaving("/release"),
                        Json.parse("{\"all\": true, \"force\": " + unable.body().path("unable") + "}"))
                .succeeded();
    }

    private void signsInWithTheOldPassword(String name) {
        assertThat(Attempt.of(realm, name, "wrong").answer().text()).contains("Invalid username or password");
        // Keycloak counts a failure a little later, and refuses to look at a password meanwhile.
        var subject = await().until(
                        () -> Attempt.of(realm, name, passwords.get(name).typed()),
                        attempt -> attempt.answer().redirect().isPresent())
                .subject();
        assertThat(subject).isEqualTo(id(name));
        var stored = realm.admin()
                .get(users.path("users/" + subject + "/credentials"))
                .succeeded()
                .body();
        assertThat(stored).hasSize(1);
        assertThat(stored.at("/0/credentialData").asText()).contains("argon2");
    }

    private record Attempt(LoginFlow login, Page answer) {

        static Attempt of(GigyaRealm realm, String name, String password) {
            var login = realm.login();
            var form = login.begin();
            return new Attempt(
                    login,
                    login.browser()
                            .post(
                                    form.formAction("#kc-form-login"),
                                    Form.of("username", name).and("password", password)));
        }

        String subject() {
            return login.finish(answer).subject();
        }
    }

    private JsonNode file(String what, String file) {
        return realm.admin()
                .postFile(leaving(what), "application/x-ndjson", file)
                .succeeded()
                .body();
    }

    private String leaving(String below) {
        return users.path("gigya/leaving/" + realm.componentId() + below);
    }
}
