package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of the last message to an address.
 *
 * @param status what the address answered; empty where nothing was sent yet
 * @param lastSent when it was sent; empty where nothing was sent yet
 */
public record WebhookDelivery(OptionalInt status, Optional<Instant> lastSent) {}
