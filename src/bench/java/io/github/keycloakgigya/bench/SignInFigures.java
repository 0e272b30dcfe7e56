package io.github.keycloakgigya.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of one door. Medians count. */
final class SignInFigures {

    /** The processes that work for a sign-in. */
    enum Part {
        KEYCLOAK("Keycloak"),
        UPSTREAM("the upstream Keycloak"),
        POSTGRES("PostgreSQL"),
        BENCHMARK("browsers and Gigya simulator");

        private final String title;

        Part(String title) {
            this.title = title;
        }
    }

    private final List<Double> rates = new ArrayList<>();
    private final List<Double> statements = new ArrayList<>();
    private final Map<Part, List<Double>> processorTimes = new TreeMap<>();

    /** @param rate sign-ins a second */
    void addRate(double rate) {
        rates.add(rate);
    }

    /** @param count of SQL statements of one sign-in */
    void addStatements(long count) {
        statements.add((double) count);
    }

    /** @param milliseconds that a part took for a sign-in */
    void addProcessorTime(Part part, double milliseconds) {
        processorTimes.computeIfAbsent(part, unused -> new ArrayList<>()).add(milliseconds);
    }

    double rate() {
        return Median.of(rates);
    }

    double statements() {
        return Median.of(statements);
    }

    double processorTime(Part part) {
        return Median.of(processorTimes.get(part));
    }

    void describe(String door, Results results) {
        results.add(
                "Sign-in by " + door,
                String.format(
                        Locale.ROOT,
                        "%.1f ms of Keycloak's processor time, %.0f SQL statements, %.0f a second (%s)",
                        processorTime(Part.KEYCLOAK),
                        statements(),
                        rate(),
                        spread(rates)));
        var parts = new StringBuilder();
        processorTimes
                .keySet()
                .forEach(part -> parts.append(parts.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%s %.1f ms", part.title, processorTime(part))));
        results.add("Sign-in by " + door + ", processor time of each process", parts.toString());
    }

    private static String spread(List<Double> figures) {
        return String.format(
                Locale.ROOT,
                "%.0f to %.0f",
                figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                figures.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
}
