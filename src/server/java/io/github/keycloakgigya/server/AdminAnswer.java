package io.github.keycloakgigya.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * What Keycloak's admin REST API answered.
 *
 * @param status the HTTP status
 * @param body the JSON body; a missing node where there is none
 * @param location the address of what was created
 */
public record AdminAnswer(int status, JsonNode body, Optional<URI> location) {

    /**
     * {@return this answer}
     *
     * @throws AssertionError where the status is not 2xx
     */
    public AdminAnswer succeeded() {
        if (status / 100 != 2) {
            throw new AssertionError("Keycloak's admin API answered " + status + ": " + body);
        }
        return this;
    }

    /** {@return the id of what was created} */
    public String createdId() {
        String path = succeeded()
                .location()
                .orElseThrow(() -> new AssertionError("Nothing was created."))
                .getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
