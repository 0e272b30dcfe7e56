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
}
