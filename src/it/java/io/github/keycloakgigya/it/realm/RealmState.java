package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What an attacker must not be able to change.
 *
 * @param users every user, as the admin API shows them
 * @param sessions how many sessions each client has
 * @param links of each user to identity providers
 * @param roles of each user
 */
public record RealmState(List<JsonNode> users, JsonNode sessions, List<JsonNode> links, List<JsonNode> roles) {

    public static RealmState of(GigyaRealm realm) {
        var users = realm.users();
        return new RealmState(
                users,
                realm.sessions(),
                users.stream()
                        .map(user -> realm.ofUser(user, "federated-identity"))
                        .toList(),
                users.stream().map(user -> realm.ofUser(user, "role-mappings")).toList());
    }
}
