package io.github.keycloakgigya.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The methods of Gigya's REST API about a site's webhooks. They want rights of the application key that nothing else here
 * wants.
 *
 * <p>Every method throws {@link GigyaException} where it does not succeed, and never returns null.
 */
public interface WebhookApi {

    /** {@return all webhooks of the site} Calls {@code accounts.webhooks.getAll}. */
    List<Webhook> all() throws GigyaException;

    /**
     * {@return what became of the last message} Calls {@code accounts.webhooks.getStatus}.
     *
     * @param url of the webhook, as Gigya has it
     */
    WebhookDelivery lastDelivery(String url) throws GigyaException;

    /**
     * Makes a webhook, or changes the one of the same name, whoever made it. Its messages are signed by a token, and hold
     * no parameters of calls. Calls {@code accounts.webhooks.set}.
     */
    void set(Webhook webhook) throws GigyaException;

    /** Removes the webhook of that name, whoever made it. Calls {@code accounts.webhooks.delete}. */
    void delete(String name) throws GigyaException;

    /**
     * A webhook of a site, as Gigya keeps it: where messages go, and of what.
     *
     * @param name unique in the site
     * @param url where messages go
     * @param events the types of event that are told
     * @param active whether anything is sent
     * @param version of the messages
     */
    record Webhook(String name, String url, Set<String> events, boolean active, String version) {

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

    /**
     * What became of the last message to an address.
     *
     * @param status what the address answered; empty where nothing was sent yet
     * @param lastSent when it was sent; empty where nothing was sent yet
     */
    record WebhookDelivery(OptionalInt status, Optional<Instant> lastSent) {}
}
