package io.github.keycloakgigya.token;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a node keeps for each of what administrators name, with a bound for one who makes up thousands: what falls out is
 * made anew when it is next used. Safe for use by many threads.
 */
public final class LatestUsed<K, V> {

    private static final int MOST = 1_000;

    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private final Supplier<V> make;

    /** Keeps nothing yet. */
    public LatestUsed(Supplier<V> make) {
        this.make = make;
    }

    /** {@return what is kept for a name, or was made for it just now} */
    public synchronized V of(K key) {
        var value = values.computeIfAbsent(key, unused -> make.get());
        if (values.size() > MOST) {
            var longestUnused = values.keySet().iterator();
            longestUnused.next();
            longestUnused.remove();
        }
        return value;
    }
}
