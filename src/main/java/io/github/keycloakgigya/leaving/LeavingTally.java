package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** How many accounts are in which state, and why: by algorithm, or by provider. Used by one thread at a time. */
final class LeavingTally {

    // Providers and algorithms come from Gigya, and every site has few of them.
    private static final int MOST_DETAILS = 100;
    private static final String OTHERS = "others";

    private final Map<String, Map<String, Long>> states = new TreeMap<>();
    private long failed;

    /**
     * The accounts of one state.
     *
     * @param count all of them
     * @param by the same, by algorithm or provider; those without are left out
     */
    public record Count(long count, Map<String, Long> by) {}

    /**
     * Counts an account.
     *
     * @param detail its algorithm or provider; empty text where there is none
     */
    void add(String state, String detail) {
        var details = states.computeIfAbsent(state, first -> new TreeMap<>());
        details.merge(details.containsKey(detail) || details.size() < MOST_DETAILS ? detail : OTHERS, 1L, Long::sum);
    }

    /** Counts accounts of which nothing could be found out. */
    void failed(long accounts) {
        failed += accounts;
    }

    long failed() {
        return failed;
    }

    /** {@return the counts of all states that were met} */
    Map<String, Count> counts() {
        var counts = new TreeMap<String, Count>();
        states.forEach((state, details) -> {
            var by = new TreeMap<>(details);
            by.remove("");
            counts.put(
                    state,
                    new Count(
                            details.values().stream().mapToLong(Long::longValue).sum(), by));
        });
        return counts;
    }

    /** {@return a copy, which stays as it is} */
    LeavingTally copy() {
        var copy = new LeavingTally();
        states.forEach((state, details) -> copy.states.put(state, new TreeMap<>(details)));
        copy.failed = failed;
        return copy;
    }

    void writeTo(ObjectNode json) {
        json.put("failed", failed);
        var written = json.putObject("states");
        states.forEach((state, details) -> details.forEach(written.withObjectProperty(state)::put));
    }

    static LeavingTally of(JsonNode json) {
        var tally = new LeavingTally();
        tally.failed = json.path("failed").asLong();
        json.path("states").properties().forEach(state -> {
            var details = new TreeMap<String, Long>();
            state.getValue()
                    .properties()
                    .forEach(detail ->
                            details.put(detail.getKey(), detail.getValue().asLong()));
            tally.states.put(state.getKey(), details);
        });
        return tally;
    }
}
