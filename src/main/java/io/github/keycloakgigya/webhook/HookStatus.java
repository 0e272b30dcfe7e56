package io.github.keycloakgigya.webhook;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
}
