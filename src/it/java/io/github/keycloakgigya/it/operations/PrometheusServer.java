package io.github.keycloakgigya.it.operations;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Prometheus that reads the metrics of one Keycloak server every second, and has this project's alerts. */
final class PrometheusServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;
    private final Path consoles;
    private final PrometheusApi api;

    private PrometheusServer(Process process, URI address, Path consoles) {
        this.process = process;
        this.address = address;
        this.consoles = consoles;
        this.api = new PrometheusApi(address);
    }

    /** {@return one that has begun to read} */
    static PrometheusServer of(KeycloakServer keycloak) {
        var programs = PrometheusPrograms.find();
        try {
            var folder = Path.of(System.getProperty("work.directory"), "prometheus-it");
            KeycloakDistribution.deleteTree(folder);
            var consoles = Files.createDirectories(folder.resolve("consoles"));
            var config = Files.writeString(folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: ["%s"]
                    scrape_configs:
                      - job_name: keycloak
                        static_configs: [{targets: ["%s"]}]
                    """.formatted(
                            Path.of("docker/prometheus/alerts.yml").toAbsolutePath(),
                            keycloak.management().getAuthority()));
            var address = URI.create("http://127.0.0.1:" + KeycloakSettings.freePort());
            var process = new ProcessBuilder(
                            programs.prometheus().toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.console.templates=" + consoles,
                            "--web.listen-address=" + address.getAuthority())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            var server = new PrometheusServer(process, address, consoles);
            server.awaitMetrics();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitMetrics() {
        try {
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> query("keycloak_gigya_version").size() == 1);
        } catch (RuntimeException notUp) {
            close();
            throw notUp;
        }
    }

    /** Returns when everything that has happened so far is in what was read. */
    void awaitLook() {
        var now = Instant.now().toEpochMilli() / 1000.0;
        await().atMost(LIMIT)
                .until(() -> query("timestamp(keycloak_gigya_version)")
                                .at("/0/value/1")
                                .asDouble()
                        > now);
    }

    /** {@return the series that a query finds now} */
    JsonNode query(String expression) {
        return api.query(expression);
    }

    /**
     * {@return the address of a page on which Prometheus itself draws panels of the dashboard}
     *
     * @param headline of the panels
     * @param past how long ago the lines begin
     */
    URI drawn(String headline, Duration past) {
        try {
            Files.writeString(
                    consoles.resolve("dashboard.html"),
                    new PrometheusConsole(headline, Dashboard.below(headline)).page());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return address.resolve("/consoles/dashboard.html#" + PrometheusConsole.ofLast(past));
    }

    /** {@return every alert that is pending or firing} */
    JsonNode alerts() {
        return api.alerts();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
