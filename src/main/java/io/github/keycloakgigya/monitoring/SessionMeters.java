package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the sessions that one node ended because of what Gigya said, and what clients were told of it. */
public final class SessionMeters {

    /** What became of a message that tells a client of the end of a session. */
    public enum Message {
        /** The client took it. */
        DELIVERED,
        /** The client answered with another status than success. */
        REFUSED,
        /** The client could not be reached, or did not answer in time. */
        FAILED,
        /** It was not sent: too many were waiting, or its client was not to be reached a moment before. */
        DROPPED
    }

    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);
    private final Map<Message, Counter> messages = new EnumMap<>(Message.class);

    SessionMeters(MeterRegistry registry) {
        // Shown as zero from the start: of a counter that appears with its first event, nobody sees it grow.
        for (var reason : EndReason.values()) {
            ended.put(
                    reason,
                    Counter.builder("keycloak.gigya.ended.sessions")
                            .description("Sessions, offline ones included, that ended because of what Gigya said")
                            .tag("reason", reason.code())
                            .register(registry));
        }
        for (var message : Message.values()) {
            messages.put(
                    message,
                    Counter.builder("keycloak.gigya.logout.messages")
                            .description("Messages to clients about sessions that ended because of what Gigya said")
                            .tag("outcome", message.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /** Counts sessions that have ended. */
    public void ended(EndReason reason, int sessions) {
        ended.get(reason).increment(sessions);
    }

    /** Counts messages. */
    public void messages(Message outcome, int count) {
        messages.get(outcome).increment(count);
    }

    /** Why sessions are ended. */
    public enum EndReason {
        /** The account is disabled in Gigya. */
        DISABLED,
        /** Gigya has no such account any more. */
        DELETED,
        /** The account went into another one. */
        MERGED,
        /** The account has a new password. */
        PASSWORD_CHANGED,
        /** The user has joined the federation again, and sessions since the release began without Gigya. */
        REJOINED;

        /** {@return as metrics and events have it} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
