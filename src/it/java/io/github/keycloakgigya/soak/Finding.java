package io.github.keycloakgigya.soak;

import java.time.Instant;

/**
 * Something that a promise rules out.
 *
 * @param at when it was seen
 */
public record Finding(Promise promise, Instant at, String what) {}
