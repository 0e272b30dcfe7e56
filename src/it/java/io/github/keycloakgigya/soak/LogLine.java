package io.github.keycloakgigya.soak;

import java.time.Instant;

/**
 * An entry of a server's log.
 *
 * @param node which server wrote it
 * @param level such as {@code ERROR}
 * @param category mostly the name of a class
 * @param message with the lines of a stack trace
 */
public record LogLine(Instant at, String node, String level, String category, String message) {}
