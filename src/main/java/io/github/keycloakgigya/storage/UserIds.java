package io.github.keycloakgigya.storage;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names the users of one component. The name follows from the UID, so that a look-up by UID is one by primary key, and
 * two nodes that import one account at once collide in the database instead of making two users.
 */
record UserIds(String componentId) {

    /** {@return the id of the user that is imported for a UID} */
    String of(String uid) {
        var name = componentId + '\0' + uid;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
