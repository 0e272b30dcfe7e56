package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.monitoring.MessageOutcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what comes in for one federation. Safe for use by many threads. */
final class HookLog {

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
