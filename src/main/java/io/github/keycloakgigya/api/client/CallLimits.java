package io.github.keycloakgigya.api.client;

import java.time.Duration;

/**
 * How long calls may take, and how much an answer may hold.
 *
 * @param connect for getting a connection from the pool, and for opening one; at least a millisecond
 * @param read for the wait for an answer once the request is sent, and again for reading it; at least a millisecond
 * @param total for all calls made through one {@link GigyaClient}, counted from the first; at least a millisecond
 * @param maxAnswerBytes the largest answer that is read, in bytes after decompression; at most 256 MiB
 */
public record CallLimits(Duration connect, Duration read, Duration total, int maxAnswerBytes) {

    private static final int LARGEST_ANSWER = 1 << 28;

    public CallLimits {
        requirePositive(connect, "connect");
        requirePositive(read, "read");
        requirePositive(total, "total");
        if (maxAnswerBytes < 1 || maxAnswerBytes > LARGEST_ANSWER) {
            throw new IllegalArgumentException("maxAnswerBytes is between 1 and " + LARGEST_ANSWER);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is between 1 and " + Integer.MAX_VALUE + " milliseconds");
        }
    }
}
