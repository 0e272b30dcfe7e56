package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers nonces for as long as a timestamp lets a request through. */
final class UsedOnce {

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, Instant> seen = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> byAge = new ConcurrentLinkedQueue<>();

    /** {@return whether the value is used for the first time} */
    boolean use(String value) {
        forgetOld();
        if (seen.putIfAbsent(value, Instant.now()) != null) {
            return false;
        }
        byAge.add(value);
        return true;
    }

    private void forgetOld() {
        var limit = Instant.now().minus(MEMORY);
        for (var oldest = byAge.peek();
                oldest != null && seen.getOrDefault(oldest, limit).isBefore(limit); ) {
            byAge.remove(oldest);
            seen.remove(oldest);
            oldest = byAge.peek();
        }
    }
}
