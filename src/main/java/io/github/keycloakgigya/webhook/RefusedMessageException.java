package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;

/** A message that is not taken. Its text holds nothing of the message. */
final class RefusedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final MessageOutcome outcome;

    /** @param reason why, in words that hold nothing of the message */
    RefusedMessageException(MessageOutcome outcome, String reason) {
        super(reason, null, false, false);
        this.outcome = outcome;
    }

    MessageOutcome outcome() {
        return outcome;
    }
}
