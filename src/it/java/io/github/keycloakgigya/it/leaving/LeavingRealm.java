package io.github.keycloakgigya.it.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A realm some of whose people have left Gigya, with the flow of the realm file in {@code docs/examples}.
 *
 * @param realm whose federation keeps passwords in Keycloak first
 * @param users what an administrator does with them
 */
public record LeavingRealm(GigyaRealm realm, UserAdmin users) implements AutoCloseable {

    public static final String PASSWORD = "a password of long ago";

    private static final Path EXAMPLE = Path.of("docs", "examples", "leaving-realm.json");

    public static LeavingRealm create(Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation) {
        var settings = new HashMap<>(Map.of("passwordCheck", "localFirst"));
        settings.putAll(federation);
        var realm = GigyaRealm.create(
                keycloak, simulator, simulator.addSite(Site.builder()), settings, Map.of(), LeavingRealm::takeTheFlow);
        return new LeavingRealm(realm, new UserAdmin(realm));
    }

    /** {@return this realm at another node} */
    public LeavingRealm at(KeycloakServer node) {
        var there = realm.at(node);
        return new LeavingRealm(there, new UserAdmin(there));
    }

    private static void takeTheFlow(ObjectNode realm) {
        var example = Json.read(EXAMPLE);
        realm.set("authenticationFlows", example.get("authenticationFlows"));
        realm.set("browserFlow", example.get("browserFlow"));
    }

    /** {@return a new account, whose owner has signed in} */
    public Account person(String name) {
        var account = realm.site().add(BrokeredRealm.person(name));
        atGigya(named(realm.visit(), email(name)), account);
        return account;
    }

    public static String email(String name) {
        return name + "@example.com";
    }

    public String idOf(Account account) {
        return realm.userOf(account).path("id").asText();
    }

    /** {@return the browser after somebody typed a user name} */
    Visitor named(Visitor visitor, String name) {
        return visitor.on(
                visitor.browser().post(visitor.page().formAction("#kc-form-login"), Form.of("username", name)));
    }

    /** {@return the page after the password was typed} */
    Page password(String name, String password) {
        var visitor = named(realm.visit(), name);
        return visitor.browser().post(visitor.page().formAction("#kc-form-login"), Form.of("password", password));
    }

    /** {@return the tokens of whoever types a user name and a password} */
    public Tokens signIn(String name, String password) {
        var visitor = named(realm.visit(), name);
        return visitor.login()
                .finish(visitor.browser()
                        .post(visitor.page().formAction("#kc-form-login"), Form.of("password", password)));
    }

    Tokens atGigya(Visitor visitor, Account account) {
        return visitor.signIn(account);
    }

    /** Has Keycloak hold a password of a user. */
    public void keepPassword(String userId) {
        realm.admin()
                .put(users.path("users/" + userId + "/reset-password"), Json.parse("""
                        {"type": "password", "value": "%s"}""".formatted(PASSWORD)))
                .succeeded();
    }

    public AdminAnswer post(String what, String body) {
        return realm.admin().post(path(what), Json.parse(body));
    }

    String path(String what) {
        return users.path("gigya/leaving/" + realm.componentId() + "/" + what);
    }

    JsonNode release(String... ids) {
        return post("release", named(ids)).succeeded().body();
    }

    JsonNode rejoin(String... ids) {
        return post("rejoin", named(ids)).succeeded().body();
    }

    private static String named(String... ids) {
        return "{\"users\": [\"" + String.join("\", \"", ids) + "\"]}";
    }

    @Override
    public void close() {
        realm.close();
    }
}
