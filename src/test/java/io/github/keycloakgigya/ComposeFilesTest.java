package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.server.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker/compose.yaml} and the files around it promise, and that they fit together. */
class ComposeFilesTest {

    private static final Path DOCKER = Path.of("docker");
    private static final Path GRAFANA = DOCKER.resolve("grafana");

    private final JsonNode compose = yaml(DOCKER.resolve("compose.yaml"));

    @Test
    void the_image_holds_the_keycloak_that_the_tests_run() throws IOException {
        assertThat(firstGroup("<keycloak\\.server\\.version>(.+)</", Path.of("pom.xml")))
                .isEqualTo(firstGroup("ARG KEYCLOAK_VERSION=(.+)", DOCKER.resolve("Dockerfile")));
    }

    @Test
    void no_secret_has_a_value_in_the_file() {
        for (var service : compose.path("services")) {
            for (var variable : service.path("environment").properties()) {
                if (variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN|KEY(?!_DOMAINS)).*")) {
                    assertThat(variable.getKey()).endsWith("_FILE");
                    assertThat(variable.getValue().asText()).startsWith("/demo/");
                }
            }
        }
    }

    @Test
    void the_simulated_site_and_nothing_else_publishes_keys_of_its_own() {
        var site = compose.at("/services/gigya/environment");
        for (var node : List.of("keycloak-1", "keycloak-2")) {
            assertThat(compose.at("/services/" + node + "/environment/KC_SPI_GIGYA_CONNECTOR__POOLED__KEY_DOMAINS")
                            .asText())
                    .isEqualTo(site.path("SIMULATOR_HOST").asText() + ":"
                            + site.path("SIMULATOR_PORT").asText());
        }
    }

    @Test
    void the_simulated_sites_webhook_leads_to_keycloaks_public_address() {
        assertThat(compose.at("/services/gigya/environment/SIMULATOR_TELLS").asText())
                .isEqualTo(compose.at("/services/keycloak-1/environment/KC_HOSTNAME")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void every_port_is_for_this_machine_alone() {
        assertThat(compose.findValues("ports"))
                .hasSize(4)
                .allSatisfy(ports -> assertThat(ports)
                        .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void every_container_is_restarted_limited_and_restricted() {
        for (var service : compose.path("services").properties()) {
            var settings = service.getValue();
            assertThat(settings.path("restart").asText()).as(service.getKey()).isEqualTo("unless-stopped");
            assertThat(settings.path("read_only").asBoolean())
                    .as(service.getKey())
                    .isTrue();
            assertThat(settings.at("/cap_drop/0").asText()).as(service.getKey()).isEqualTo("ALL");
            assertThat(settings.at("/deploy/resources/limits/memory").asText())
                    .as(service.getKey())
                    .isNotEmpty();
        }
    }

    @Test
    void every_image_of_others_has_a_version_and_every_file_that_is_mounted_is_there() {
        for (var service : compose.path("services")) {
            if (!service.has("build")) {
                assertThat(service.path("image").asText()).matches("[a-z/]+:v?[0-9][0-9.]*");
            }
            for (var volume : service.path("volumes")) {
                var source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(DOCKER.resolve(source)).exists();
                } else {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    @Test
    void every_file_that_the_image_is_built_of_is_sent_to_docker() throws IOException {
        var sent = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        var copied = new ArrayList<String>();
        for (var line : Files.readAllLines(DOCKER.resolve("Dockerfile"))) {
            if (line.startsWith("COPY ") && !line.contains("--from")) {
                var words = List.of(line.split(" "));
                copied.addAll(words.subList(1, words.size() - 1));
            }
        }

        assertThat(copied).hasSizeGreaterThan(5).allSatisfy(file -> {
            assertThat(Path.of(file)).exists();
            assertThat(sent).anyMatch(entry -> Path.of(file).startsWith(entry));
        });
    }

    @Test
    void the_proxy_asks_every_node_whether_it_is_ready_and_one_that_is_only_alive_where_none_is() throws IOException {
        var proxy = Files.readString(DOCKER.resolve("proxy/haproxy.cfg"));

        for (var backend : List.of("keycloak", "keycloak-alive")) {
            var lines = proxy.substring(proxy.indexOf("backend " + backend + " from nodes"))
                    .lines()
                    .takeWhile(line -> !line.isBlank())
                    .toList();
            assertThat(lines)
                    .anyMatch(line -> line.contains(backend.equals("keycloak") ? "/health/ready" : "/health/live"));
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("    server "))
                    .extracting(line -> line.strip().split(" ")[1])
                    .containsExactly("keycloak-1", "keycloak-2");
        }
        assertThat(proxy).contains("use_backend keycloak-alive if { nbsrv(keycloak) lt 1 }");
    }

    @Test
    void prometheus_asks_both_nodes_past_the_proxy() {
        var prometheus = yaml(DOCKER.resolve("prometheus/prometheus.yml"));

        assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets"))
                .extracting(JsonNode::asText)
                .containsExactly("keycloak-1:9000", "keycloak-2:9000");
        assertThat(prometheus.at("/rule_files"))
                .extracting(file -> file.asText().replace("/etc/prometheus", "docker/prometheus"))
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @Test
    void grafana_finds_the_dashboard_and_the_dashboard_finds_prometheus() throws IOException {
        var source = yaml(GRAFANA.resolve("provisioning/datasources/prometheus.yaml"))
                .at("/datasources/0");
        var provider = yaml(GRAFANA.resolve("provisioning/dashboards/keycloak-gigya.yaml"))
                .at("/providers/0");
        var environment = compose.at("/services/grafana/environment");

        assertThat(compose.at("/services/grafana/volumes"))
                .extracting(JsonNode::asText)
                .contains(
                        "./grafana/dashboards:" + provider.at("/options/path").asText() + ":ro",
                        "./grafana/provisioning:/etc/grafana/provisioning:ro");
        assertThat(environment.path("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText())
                .startsWith(provider.at("/options/path").asText());
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        var dashboard = Json.read(GRAFANA.resolve("dashboards/keycloak-gigya.json"));
        // Where a dashboard lets people choose, it takes the default source of this kind.
        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .filteredOn(used ->
                        used.path("type").asText().equals(source.path("type").asText()))
                .allSatisfy(used -> assertThat(used.path("uid").asText())
                        .satisfiesAnyOf(
                                uid -> assertThat(uid)
                                        .isEqualTo(source.path("uid").asText()),
                                uid -> assertThat(uid).startsWith("$")));
    }

    private static JsonNode yaml(Path file) {
        try {
            // Jackson knows neither anchors nor merges.
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return new ObjectMapper().valueToTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstGroup(String pattern, Path file) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
