package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Page;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * An administrator of one realm only, with a language.
 *
 * @param realm the realm
 * @param token the access token
 */
public record RealmAdministrator(GigyaRealm realm, String token) {

    /**
     * {@return a new administrator}
     *
     * @param role of the client {@code realm-management}, {@code realm-admin} say
     * @param language such as {@code de}
     */
    public static RealmAdministrator create(
            UserAdmin users, GigyaRealm realm, String name, String role, String language) {
        var id = users.add("""
                {"username": "%s", "email": "%s@example.com", "firstName": "A", "lastName": "B", "enabled": true,
                 "attributes": {"locale": ["%s"]},
                 "credentials": [{"type": "password", "value": "local password"}]}""".formatted(name, name, language));
        var client = realm.admin()
                .get(users.path("clients?clientId=realm-management"))
                .body()
                .at("/0/id")
                .asText();
        var representation = realm.admin()
                .get(users.path("clients/" + client + "/roles/" + role))
                .body();
        realm.admin()
                .post(
                        users.path("users/" + id + "/role-mappings/clients/" + client),
                        Json.parse("[" + representation + "]"))
                .succeeded();
        var token = Json.parse(users.password(name, "local password").body())
                .path("access_token")
                .asText();
        return new RealmAdministrator(realm, token);
    }

    /** {@return what the admin API answers} */
    public Page send(String method, String path, String body) {
        var browser = realm.login().browser();
        return browser.once(browser.request(URI.create(browser.server() + "/admin/" + path))
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .setHeader("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }
}
