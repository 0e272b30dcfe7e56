package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a server's endpoint {@code /metrics} says of this extension at one moment.
 *
 * @param text the lines as they came
 * @param samples the same, read
 */
public record Scrape(String text, List<Sample> samples) {

    private static final String PREFIX = "keycloak_gigya_";
    // Behind the value stands the id of a trace, where there are any (OpenMetrics).
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*?)})? (\\S+)(?: # .*)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One series and its value. */
    public record Sample(String name, Map<String, String> labels, double value) {

        boolean has(Map<String, String> some) {
            return labels.entrySet().containsAll(some.entrySet());
        }
    }

    public static Scrape of(KeycloakServer keycloak) {
        var answer = answer(keycloak);
        if (answer.status() != 200) {
            throw new AssertionError("No metrics: " + answer.status());
        }
        var lines =
                answer.body().lines().filter(line -> line.startsWith(PREFIX)).toList();
        return new Scrape(
                String.join("\n", lines), lines.stream().map(Scrape::sample).toList());
    }

    /** {@return what a server answers at the place of its metrics} */
    public static Page answer(KeycloakServer keycloak) {
        var address = keycloak.management().resolve("/metrics");
        return HttpBrowser.of(keycloak.management())
                .once(HttpRequest.newBuilder(address).build());
    }

    private static Sample sample(String line) {
        var match = SAMPLE.matcher(line);
        if (!match.matches()) {
            throw new AssertionError("No sample: " + line);
        }
        var labels = new LinkedHashMap<String, String>();
        if (match.group(2) != null) {
            LABEL.matcher(match.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(match.group(1), labels, Double.parseDouble(match.group(3)));
    }

    /** {@return the series with this name behind {@code keycloak_gigya_}, and these labels among theirs} */
    public List<Sample> of(String name, String... labels) {
        var some = labels(labels);
        return samples.stream()
                .filter(sample -> sample.name().equals(PREFIX + name) && sample.has(some))
                .toList();
    }

    /**
     * {@return the sum of the series with this name behind {@code keycloak_gigya_}; 0 where there is none}
     *
     * @param labels such as {@code door=password}
     */
    public double sum(String name, String... labels) {
        return of(name, labels).stream().mapToDouble(Sample::value).sum();
    }

    private static Map<String, String> labels(String... labels) {
        var map = new LinkedHashMap<String, String>();
        Arrays.stream(labels).map(label -> label.split("=", 2)).forEach(label -> map.put(label[0], label[1]));
        return map;
    }
}
