package io.github.keycloakgigya.it.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.keycloakgigya.it.operations.Dashboard.Panel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A page of Prometheus's own (<a href="https://prometheus.io/docs/visualization/consoles/">console template</a>) with the
 * panels of the dashboard: their titles, queries and names of lines, drawn by Prometheus instead of Grafana.
 */
record PrometheusConsole(String headline, List<Panel> panels) {

    // As Prometheus 2 serves them.
    private static final List<String> SCRIPTS = List.of(
            "jquery/jquery.min.js",
            "d3/d3.min.js",
            "vendor/rickshaw/vendor/d3.layout.min.js",
            "rickshaw/rickshaw.min.js",
            "js/prom_console.js");
    private static final List<String> STYLES =
            List.of("rickshaw/rickshaw.min.css", "bootstrap4/css/bootstrap.min.css", "css/prom_console.css");

    /** {@return the text of the page} */
    String page() {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(headline)
                .append("</title>");
        STYLES.forEach(style -> page.append("<link rel=\"stylesheet\" href=\"/classic/static/")
                .append(style)
                .append("\">"));
        page.append("<style>body {margin: 16px} h1 {font-size: 20px} h2 {font-size: 15px; margin: 8px 0}"
                + " main {display: grid; grid-template-columns: 1fr 1fr; gap: 4px 28px}"
                + " .y_ticks text:first-child {display: none}</style>");
        page.append("<script>PATH_PREFIX = ''</script>");
        SCRIPTS.forEach(script ->
                page.append("<script src=\"/classic/static/").append(script).append("\"></script>"));
        page.append("</head><body><h1>").append(headline).append("</h1><main>");
        panels.forEach(
                panel -> page.append("<section><h2>").append(panel.title()).append("</h2><div></div></section>"));
        page.append("</main><script>const nodes = document.querySelectorAll('section div');");
        for (int panel = 0; panel < panels.size(); panel++) {
            page.append(graph(panel, panels.get(panel)));
        }
        return page.append("</script></body></html>").toString();
    }

    private static String graph(int number, Panel panel) {
        return """
                new PromConsole.Graph({node: nodes[%d], expr: %s, name: %s, min: 0, height: 140, xTitle: '', yAxisTicks: 4,
                  yAxisFormatter: PromConsole.NumberFormatter.humanizeNoSmallPrefix});
                """.formatted(
                        number,
                        json(panel.lines()),
                        json(panel.names().stream()
                                .map(name -> name.replace("{{", "[[").replace("}}", "]]"))
                                .toList()));
    }

    private static ArrayNode json(List<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** {@return what the page's address ends with, so that its lines begin so long ago} */
    static String ofLast(Duration past) {
        return "pctc"
                + URLEncoder.encode(
                        "{\"duration\":%d,\"endTime\":0}".formatted(past.toSeconds()), StandardCharsets.UTF_8);
    }
}
