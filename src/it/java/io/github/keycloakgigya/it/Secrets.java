package io.github.keycloakgigya.it;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was secret in the tests so far: credentials of sites, and proofs that were posted. Static, since
 * they are looked for in the servers' logs after all realms of a class are gone.
 */
public final class Secrets {

    // Shorter texts are no secrets, and occur by chance.
    private static final int SHORTEST = 20;
    private static final Map<String, String> KINDS_BY_VALUE = new ConcurrentHashMap<>();

    private Secrets() {}

    /**
     * Remembers a secret; each line of it where it has several.
     *
     * @param kind names it in a failed test, which must not show it
     */
    public static void remember(String kind, String value) {
        linesOf(value).forEach(line -> KINDS_BY_VALUE.put(line, kind));
    }

    /** {@return what makes a text secret, which of a PEM text is everything but its frame} */
    public static List<String> linesOf(String value) {
        return value.lines()
                .map(line -> line.replaceAll("-----[A-Z ]+-----", "").strip())
                .filter(line -> line.length() >= SHORTEST)
                .toList();
    }

    /** {@return the kinds of all secrets so far, by their values} */
    public static Map<String, String> soFar() {
        return Map.copyOf(KINDS_BY_VALUE);
    }
}
