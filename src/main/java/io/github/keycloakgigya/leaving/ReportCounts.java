package io.github.keycloakgigya.leaving;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many users are in which state, by how long ago they signed in at Gigya. */
final class ReportCounts {

    /** How long ago. */
    enum Age {
        MONTH("within 30 days", 30),
        QUARTER("90 days", 90),
        YEAR("1 year", 365),
        LONGER("longer ago", Integer.MAX_VALUE),
        UNKNOWN("not known", -1);

        private final String label;
        private final int days;

        Age(String label, int days) {
            this.label = label;
            this.days = days;
        }

        String label() {
            return label;
        }
    }

    private final Instant now;
    private final Map<String, Map<Age, Long>> states = new TreeMap<>();

    ReportCounts(Instant now) {
        this.now = now;
    }

    void add(ReportRow row) {
        states.computeIfAbsent(row.state(), first -> new EnumMap<>(Age.class))
                .merge(age(row.lastSignIn()), 1L, Long::sum);
    }

    private Age age(Instant lastSignIn) {
        if (lastSignIn == null) {
            return Age.UNKNOWN;
        }
        var days = Duration.between(lastSignIn, now).toDays();
        for (var age : Age.values()) {
            if (days <= age.days) {
                return age;
            }
        }
        return Age.LONGER;
    }

    Instant now() {
        return now;
    }

    /** {@return the states that somebody is in} */
    Iterable<String> states() {
        return states.keySet();
    }

    long of(String state) {
        return states.getOrDefault(state, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long of(String state, Age age) {
        return states.getOrDefault(state, Map.of()).getOrDefault(age, 0L);
    }

    long all() {
        return states.keySet().stream().mapToLong(this::of).sum();
    }
}
