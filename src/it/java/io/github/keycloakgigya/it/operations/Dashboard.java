package io.github.keycloakgigya.it.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The queries of Grafana's dashboard, with what Grafana puts in for its variables. */
final class Dashboard {

    private static final Path FILE = Path.of("docker/grafana/dashboards/keycloak-gigya.json");

    private Dashboard() {}

    /**
     * A panel that draws lines.
     *
     * @param title of the panel
     * @param lines the queries, for all nodes
     * @param names of the lines of each query, with labels as Grafana writes them: {@code {{label}}}
     */
    record Panel(String title, List<String> lines, List<String> names) {}

    /** {@return the panels that stand below a headline} */
    static List<Panel> below(String headline) {
        var panels = StreamSupport.stream(Json.read(FILE).path("panels").spliterator(), false)
                .dropWhile(panel -> !panel.path("title").asText().equals(headline))
                .skip(1)
                .takeWhile(panel -> !panel.path("type").asText().equals("row"))
                .map(Dashboard::panel)
                .toList();
        if (panels.isEmpty()) {
            throw new AssertionError("The dashboard has nothing below " + headline);
        }
        return panels;
    }

    private static Panel panel(JsonNode panel) {
        var targets = panel.path("targets");
        return new Panel(
                panel.path("title").asText(),
                expressions(targets, ".*").toList(),
                targets.findValuesAsText("legendFormat"));
    }

    /** {@return all queries, for all nodes} */
    static List<String> queries() {
        return Json.read(FILE).findValues("targets").stream()
                .flatMap(targets -> expressions(targets, ".*"))
                .toList();
    }

    /**
     * {@return the query of a panel that has one only}
     *
     * @param title of the panel
     * @param instance the node, as Prometheus calls it
     */
    static String query(String title, String instance) {
        return StreamSupport.stream(Json.read(FILE).path("panels").spliterator(), false)
                .filter(panel -> panel.path("title").asText().equals(title))
                .flatMap(panel -> expressions(panel.path("targets"), instance))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The dashboard has no panel " + title));
    }

    private static Stream<String> expressions(JsonNode targets, String instance) {
        return StreamSupport.stream(targets.spliterator(), false)
                .map(target -> target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "1m")
                        .replace("$job", ".*")
                        .replace("$instance", instance));
    }
}
