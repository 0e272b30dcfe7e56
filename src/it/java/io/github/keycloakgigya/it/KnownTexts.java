package io.github.keycloakgigya.it;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds those of thousands of texts that occur in another, by one walk through it: each place is compared with the texts that
 * begin with the same characters.
 */
final class KnownTexts {

    // That of the shortest, by which all are found.
    private final int length;
    private final Map<String, List<String>> byStart;

    /** @param texts of one character at least */
    KnownTexts(Collection<String> texts) {
        length = texts.stream().mapToInt(String::length).min().orElse(0);
        byStart = texts.stream().collect(Collectors.groupingBy(text -> text.substring(0, length)));
    }

    /** {@return those that occur in a text} */
    Set<String> in(String text) {
        var found = new LinkedHashSet<String>();
        for (int start = 0; start + length <= text.length(); start++) {
            for (var candidate : byStart.getOrDefault(text.substring(start, start + length), List.of())) {
                if (text.startsWith(candidate, start)) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }
}
