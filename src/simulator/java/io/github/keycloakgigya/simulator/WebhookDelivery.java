package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.List;

/**
 * One try to hand a message over.
 *
 * @param events the types of its events, in order
 * @param uids the UIDs of its events, in order
 * @param attempt 1 for the first
 * @param status what was answered; 0 where nothing was
 */
public record WebhookDelivery(
        String hook, List<String> events, List<String> uids, int attempt, int status, Instant at) {

    /** {@return whether the message counts as handed over} */
    public boolean isTaken() {
        return status / 100 == 2;
    }
}
