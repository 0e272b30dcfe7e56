package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one node has received of a federation's hook since it started. A node remembers the 1,000 federations that were
 * last sent something.
 *
 * @param lastMessage when the last message with a good signature came, by this node's clock; empty where none did
 * @param messages how many came, by outcome: {@code done}, {@code refused}, {@code unreadable}, {@code too_large},
 *     {@code busy}, {@code unavailable}, {@code misconfigured}, {@code failed}
 * @param events how many events they held, by type as Gigya has it, {@code other} for types that are not known
 */
public record HookStatus(Optional<Instant> lastMessage, Map<String, Long> messages, Map<String, Long> events) {

    public HookStatus {
        messages = Map.copyOf(messages);
        events = Map.copyOf(events);
    }

    /** Counts what comes in for one federation. Safe for use by many threads. */
    static final class HookLog {

        private final Map<MessageOutcome, Long> messages = new EnumMap<>(MessageOutcome.class); // guarded by this
        private final Map<EventType, Long> events = new EnumMap<>(EventType.class); // guarded by this
        private Instant lastMessage; // guarded by this

        synchronized void signed(Instant now) {
            lastMessage = now;
        }

        synchronized void event(EventType type) {
            events.merge(type, 1L, Long::sum);
        }

        synchronized void message(MessageOutcome outcome) {
            messages.merge(outcome, 1L, Long::sum);
        }

        synchronized HookStatus status() {
            return new HookStatus(
                    Optional.ofNullable(lastMessage),
                    named(messages, MessageOutcome::code),
                    named(events, EventType::code));
        }

        private static <K> Map<String, Long> named(Map<K, Long> counts, Function<K, String> name) {
            return counts.entrySet().stream()
                    .collect(Collectors.toMap(entry -> name.apply(entry.getKey()), Map.Entry::getValue));
        }
    }
}
