package io.github.keycloakgigya.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A webhook as a site's console shows it.
 *
 * @param name unique in the site
 * @param events the ids of what is told, {@code accountUpdated} say
 * @param headers what is sent along with each message, by name
 * @param version {@code 2.0} or {@code 3.0}
 * @param id made up by Gigya
 */
public record Webhook(
        String name,
        URI url,
        List<String> events,
        boolean active,
        Map<String, String> headers,
        String version,
        UUID id) {

    /** {@return an active webhook of version 3.0 without headers} */
    public static Webhook of(String name, URI url, String... events) {
        return new Webhook(name, url, List.of(events), true, Map.of(), "3.0", UUID.randomUUID());
    }

    int eventsPerMessage() {
        return version.equals("3.0") ? 500 : 100;
    }

    boolean zips() {
        return version.equals("3.0");
    }
}
