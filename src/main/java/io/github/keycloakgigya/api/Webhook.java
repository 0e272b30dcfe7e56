package io.github.keycloakgigya.api;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * A webhook of a site, as Gigya keeps it: where messages go, and of what.
 *
 * @param name unique in the site
 * @param url where messages go
 * @param events the types of event that are told
 * @param active whether anything is sent
 * @param version of the messages
 */
public record Webhook(String name, String url, Set<String> events, boolean active, String version) {

    /** The version of messages that are signed by a token, and hold at most 500 events. */
    public static final String LATEST = "3.0";

    public Webhook {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(version, "version");
        events = Set.copyOf(events);
    }

    /** {@return a webhook that sends messages of the latest version} */
    public static Webhook active(String name, URI url, Set<String> events) {
        return new Webhook(name, url.toString(), events, true, LATEST);
    }
}
