package io.github.keycloakgigya.it;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds those of thousands of texts that occur in another, by one walk through it: each place is compared with the texts that
 * begin with the same characters (Rabin and Karp).
 */
final class KnownTexts {

    private static final int BASE = 31;

    private final int length;
    // What the character that leaves the window has become in the sum by then.
    private final int first;
    private final Map<Integer, List<String>> byStart = new HashMap<>();

    /** @param texts of one character at least */
    KnownTexts(Collection<String> texts) {
        length = texts.stream().mapToInt(String::length).min().orElse(0);
        int power = 1;
        for (int place = 1; place < length; place++) {
            power *= BASE;
        }
        first = power;
        for (var text : texts) {
            byStart.computeIfAbsent(sum(text), same -> new ArrayList<>(1)).add(text);
        }
    }

    private int sum(String text) {
        int sum = 0;
        for (int place = 0; place < length; place++) {
            sum = sum * BASE + text.charAt(place);
        }
        return sum;
    }

    /** {@return those that occur in a text} */
    Set<String> in(String text) {
        var found = new LinkedHashSet<String>();
        if (byStart.isEmpty() || text.length() < length) {
            return found;
        }
        int sum = sum(text);
        for (int start = 0; ; start++) {
            var candidates = byStart.get(sum);
            if (candidates != null) {
                for (var candidate : candidates) {
                    if (text.startsWith(candidate, start)) {
                        found.add(candidate);
                    }
                }
            }
            int next = start + length;
            if (next == text.length()) {
                return found;
            }
            sum = (sum - text.charAt(start) * first) * BASE + text.charAt(next);
        }
    }
}
