package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** {@return who is enabled here and disabled there} */
    Set<String> disabledIn(RealmState later) {
        var enabled = idsOf(true);
        enabled.retainAll(later.idsOf(false));
        return enabled;
    }

    /** {@return the same without some users, and without sessions, of which theirs can't be told from others} */
    RealmState without(Set<String> userIds) {
        var kept = IntStream.range(0, users.size())
                .filter(i -> !userIds.contains(users.get(i).path("id").asText()))
                .boxed()
                .toList();
        return new RealmState(
                kept.stream().map(users::get).toList(),
                MissingNode.getInstance(),
                kept.stream().map(links::get).toList(),
                kept.stream().map(roles::get).toList());
    }

    private Set<String> idsOf(boolean enabled) {
        return users.stream()
                .filter(user -> user.path("enabled").asBoolean() == enabled)
                .map(user -> user.path("id").asText())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
