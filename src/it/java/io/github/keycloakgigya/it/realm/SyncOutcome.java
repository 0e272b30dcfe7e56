package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the admin API says that a sync did.
 *
 * @param ignored whether the admin console shows the status instead of a success
 */
public record SyncOutcome(boolean ignored, int added, int updated, int removed, int failed, String status) {

    public static SyncOutcome of(JsonNode json) {
        return new SyncOutcome(
                json.path("ignored").asBoolean(),
                json.path("added").asInt(-1),
                json.path("updated").asInt(-1),
                json.path("removed").asInt(-1),
                json.path("failed").asInt(-1),
                json.path("status").asText());
    }
}
