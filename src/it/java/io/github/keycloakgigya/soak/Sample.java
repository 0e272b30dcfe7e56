package io.github.keycloakgigya.soak;

import java.time.Instant;

/** A figure at a moment. */
public record Sample(Instant at, double value) {}
