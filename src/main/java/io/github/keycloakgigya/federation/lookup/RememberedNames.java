package io.github.keycloakgigya.federation.lookup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names that something was learnt of a while ago, at most 10,000: those that are to be forgotten first make room. */
final class RememberedNames {

    private static final int MOST = 10_000;

    private final Duration life;
    private final Clock clock;
    private final Map<String, Instant> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    RememberedNames(Duration life, Clock clock) {
        this.life = life;
        this.clock = clock;
    }

    synchronized boolean contains(String name) {
        var end = ends.get(name);
        if (end != null && !clock.instant().isBefore(end)) {
            ends.remove(name);
            return false;
        }
        return end != null;
    }

    synchronized void add(String name) {
        // The eldest is the one that ends first.
        ends.remove(name);
        ends.put(name, clock.instant().plus(life));
    }

    synchronized void remove(String name) {
        ends.remove(name);
    }
}
