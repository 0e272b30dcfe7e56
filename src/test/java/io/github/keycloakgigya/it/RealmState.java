package io.github.keycloakgigya.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What an attacker must not be able to change.
 *
 * @param users every user, as the admin API shows them
 * @param sessions how many sessions each client has
 */
record RealmState(List<JsonNode> users, JsonNode sessions) {

    static RealmState of(GigyaRealm realm) {
        return new RealmState(realm.users(), realm.sessions());
    }
}
