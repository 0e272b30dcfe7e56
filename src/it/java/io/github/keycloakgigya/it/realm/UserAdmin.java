package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** What an administrator does with the users of one realm, and what those do with a password. */
public final class UserAdmin {

    private static final String PASSWORD_CLIENT = "cli";

    private final GigyaRealm realm;

    public UserAdmin(GigyaRealm realm) {
        this.realm = realm;
    }

    /** {@return a path of the admin API below the realm} */
    public String path(String below) {
        return "realms/" + realm.name() + "/" + below;
    }

    /** {@return the id of a new local user} */
    public String add(String representation) {
        return realm.admin().post(path("users"), Json.parse(representation)).createdId();
    }

    /** {@return the id of a new local user who has this address and a password} */
    public String addLocal(String username, String email, boolean emailVerified) {
        return add("""
                {"username": "%s", "email": "%s", "emailVerified": %s, "enabled": true, "firstName": "Local",
                 "lastName": "User", "credentials": [{"type": "password", "value": "local password"}]}""".formatted(username, email, emailVerified));
    }

    public void addRealmRole(String name) {
        realm.admin()
                .post(path("roles"), Json.parse("{\"name\": \"%s\"}".formatted(name)))
                .succeeded();
    }

    public void deleteRealmRole(String name) {
        realm.admin().delete(path("roles/" + name)).succeeded();
    }

    public void delete(String id) {
        realm.admin().delete(path("users/" + id)).succeeded();
    }

    /** {@return a user; a missing node where there is none such} */
    public JsonNode byId(String id) {
        return realm.admin().get(path("users/" + id)).body();
    }

    /** {@return a user and how the admin console shows its attributes} */
    public JsonNode byIdWithProfile(String id) {
        return realm.admin()
                .get(path("users/" + id + "?userProfileMetadata=true"))
                .succeeded()
                .body();
    }

    public Optional<JsonNode> byUsername(String username) {
        return realm.admin().users(realm.name(), Map.of("username", username, "exact", "true")).stream()
                .findFirst();
    }

    /** {@return the id of the user whom a federation imports, who was only listed until then} */
    public String imported(String username) {
        var listed = byUsername(username).orElseThrow().path("id").asText();
        return byId(listed).path("id").asText();
    }

    /** Saves a whole user, as the admin console does. */
    public void change(String id, Consumer<ObjectNode> change) {
        var user = (ObjectNode) byId(id);
        change.accept(user);
        realm.admin().put(path("users/" + id), user).succeeded();
    }

    /** Saves settings of the realm. */
    public void changeRealm(String settings) {
        realm.admin().put("realms/" + realm.name(), Json.parse(settings)).succeeded();
    }

    /** {@return the names of the realm roles that a user has himself} */
    public List<String> realmRoles(String id) {
        return names(path("users/" + id + "/role-mappings/realm"));
    }

    public List<String> groups(String id) {
        return names(path("users/" + id + "/groups"));
    }

    /** Adds the client with which people can use a password. */
    public void allowPasswords() {
        realm.admin()
                .post(path("clients"), Json.parse("""
                        {"clientId": "%s", "publicClient": true, "directAccessGrantsEnabled": true}""".formatted(PASSWORD_CLIENT)))
                .succeeded();
    }

    /** {@return what Keycloak answers to a name or an address and a password} */
    public Page password(String login, String password) {
        return password(realm.login().browser(), login, password);
    }

    /** {@return what Keycloak answers in this browser to a name or an address and a password} */
    public Page password(HttpBrowser browser, String login, String password) {
        return browser.post(
                URI.create(browser.server() + "/realms/" + realm.name() + "/protocol/openid-connect/token"),
                Form.of("grant_type", "password")
                        .and("client_id", PASSWORD_CLIENT)
                        .and("scope", "openid")
                        .and("username", login)
                        .and("password", password));
    }

    /** Has wrong passwords lock a user out, who has a local password then. Passwords must be allowed, and kept locally. */
    public void lockOut(String id, String login) {
        changeRealm("{\"failureFactor\": 3, \"waitIncrementSeconds\": 600, \"quickLoginCheckMilliSeconds\": 1}");
        realm.admin()
                .put(path("users/" + id + "/reset-password"), Json.parse("""
                        {"type": "password", "value": "a local password"}"""))
                .succeeded();
        // Keycloak counts a little later, and refuses to look at a password meanwhile.
        await().untilAsserted(() -> {
            password(login, "wrong");
            assertThat(realm.admin().get(bruteForce(id)).body().path("disabled").asBoolean())
                    .isTrue();
        });
    }

    /** Ends a lock before its time. */
    public void unlock(String id) {
        realm.admin().delete(bruteForce(id)).succeeded();
    }

    private String bruteForce(String id) {
        return path("attack-detection/brute-force/users/" + id);
    }

    private List<String> names(String path) {
        return StreamSupport.stream(realm.admin().get(path).succeeded().body().spliterator(), false)
                .map(node -> node.path("name").textValue())
                .toList();
    }
}
