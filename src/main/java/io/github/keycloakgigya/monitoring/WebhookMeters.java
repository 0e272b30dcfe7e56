package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts the messages that webhooks brought to one node, of all realms together, and their events. */
public final class WebhookMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofDays(1)
    };

    private final MeterRegistry registry;
    private final Timer age;

    WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
        this.age = Timer.builder("keycloak.gigya.webhook.event.age")
                .description("How old events were when their message came in")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        // Shown as zero from the start: of a counter that appears with its first failure, nobody sees it grow.
        for (var outcome : MessageOutcome.values()) {
            messages(outcome);
        }
    }

    /** Counts a message to a federation that takes some. */
    public void message(MessageOutcome outcome) {
        messages(outcome).increment();
    }

    /**
     * Counts a message whose signature is good by how it names the body.
     *
     * @param digest how its token writes the SHA-256, never what came from outside
     * @param unpacked whether that is of the body after unpacking
     */
    public void signed(Enum<?> digest, boolean unpacked) {
        Counter.builder("keycloak.gigya.webhook.signatures")
                .description("Good signatures of messages, by how they name the body")
                .tag("digest", digest.name().toLowerCase(Locale.ROOT))
                .tag("body", unpacked ? "unpacked" : "received")
                .register(registry)
                .increment();
    }

    /**
     * Counts an event.
     *
     * @param type one that is known, or one word for all others; never what came from outside
     */
    public void event(String type) {
        Counter.builder("keycloak.gigya.webhook.events")
                .description("Events that messages brought")
                .tag("type", type)
                .register(registry)
                .increment();
    }

    /** Takes note of how old an event is. */
    public void age(Duration sinceEvent) {
        age.record(sinceEvent);
    }

    /**
     * Counts what became of an account that events named.
     *
     * @param result never what came from outside
     */
    public void account(Enum<?> result) {
        Counter.builder("keycloak.gigya.webhook.accounts")
                .description("What became of the accounts that events named")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    private Counter messages(MessageOutcome outcome) {
        return Counter.builder("keycloak.gigya.webhook.messages")
                .description("Messages of webhooks")
                .tag("outcome", outcome.code())
                .register(registry);
    }

    /** What became of a webhook's message. */
    public enum MessageOutcome {
        /** All is done that its events ask for. */
        DONE(204),
        /** It has no valid signature of the site over this body. */
        REFUSED(401),
        /** It is signed, and its body is nothing that is known here. */
        UNREADABLE(400),
        /** Its body is too long, packed or unpacked, or has too many events. */
        TOO_LARGE(413),
        /**
         * This node has too much to do, or the body or the read of some account takes too long. Gigya sends it again.
         */
        BUSY(503),
        /** Gigya could not be asked. Gigya sends it again. */
        UNAVAILABLE(503),
        /** A setting can't be used, or Gigya refuses it. Gigya sends it again. */
        MISCONFIGURED(503),
        /** Something went wrong here, as where the database is down. Gigya sends it again. */
        FAILED(503);

        private final int status;

        MessageOutcome(int status) {
            this.status = status;
        }

        /** {@return the HTTP status of the answer} */
        public int status() {
            return status;
        }

        /** {@return as metrics and the admin resource have it, {@code too_large} say} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
