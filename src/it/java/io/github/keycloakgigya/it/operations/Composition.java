package io.github.keycloakgigya.it.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.Requirement;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The containers of {@code docker/compose.yaml}, on ports, volumes and a network of their own, so that a person's stay as
 * they are. Grafana is left out: what it shows is asked of Prometheus.
 *
 * @param log what the programs wrote
 * @param ports by the names of the variables that choose them
 */
record Composition(Path log, Map<String, Integer> ports) implements AutoCloseable {

    private static final String NETWORK = "172.28.42";
    /** The proxy's address among the containers. */
    static final String PROXY = NETWORK + ".250";

    private static final List<String> COMPOSE = List.of("docker", "compose", "--project-name", "keycloak-gigya-it");
    // What servers of tests start faster with.
    private static final String QUICK = """
            x-quick: &quick
              environment:
                JAVA_OPTS_APPEND: "%s"
            services:
              keycloak-1: *quick
              keycloak-2: *quick
            """;
    private static final List<String> WITHOUT_GRAFANA = List.of("proxy", "prometheus");
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int LAST_LINES = 40;

    /**
     * Builds the images, starts the containers and waits until they are healthy. Skips the calling test where the machine
     * has no Docker daemon or no {@code docker compose}.
     *
     * @param folder for the log
     * @throws ServerFailureException where one does not come up; the message ends with the last lines of the log
     */
    static Composition start(Path folder) {
        var composition = new Composition(
                folder.resolve("compose.log"),
                Map.of(
                        "KEYCLOAK_PORT", KeycloakSettings.freePort(),
                        "GIGYA_PORT", KeycloakSettings.freePort(),
                        "PROMETHEUS_PORT", KeycloakSettings.freePort()));
        composition.demand(Requirement.DOCKER, List.of("docker", "version"), "no Docker daemon answers");
        composition.demand(
                Requirement.COMPOSE,
                List.of("docker", "compose", "version"),
                "\"docker compose\" is not there; Debian's package is docker-compose, Ubuntu's docker-compose-v2");
        try {
            Files.writeString(composition.quick(), QUICK.formatted(System.getProperty("keycloak.java.options", "")));
            // What a run left that was killed.
            composition.compose("down", "--volumes");
            composition.up(WITHOUT_GRAFANA);
        } catch (ServerFailureException e) {
            composition.close();
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return composition;
    }

    /** {@return the file that changes what {@code docker/compose.yaml} says} */
    private Path quick() {
        return log.resolveSibling("compose-quick.yaml");
    }

    private void demand(Requirement requirement, List<String> command, String reason) {
        try {
            run(command);
        } catch (ServerFailureException missing) {
            throw requirement.missing(reason);
        }
    }

    private void up(List<String> services) {
        var arguments = new ArrayList<>(List.of("up", "--build", "--detach", "--wait"));
        arguments.addAll(services);
        try {
            compose(arguments.toArray(String[]::new));
        } catch (ServerFailureException e) {
            compose("logs", "--no-color", "--tail", Integer.toString(LAST_LINES));
            throw new ServerFailureException(e.getMessage() + "\n" + lastLines(5 * LAST_LINES));
        }
    }

    /** {@return the address of the proxy, without a slash at the end} */
    URI keycloak() {
        return URI.create("http://localhost:" + ports.get("KEYCLOAK_PORT"));
    }

    /** {@return the address of Prometheus, without a slash at the end} */
    URI prometheus() {
        return URI.create("http://localhost:" + ports.get("PROMETHEUS_PORT"));
    }

    /** Stops a service as its orchestrator would, and leaves the others alone. */
    void stop(String service) {
        compose("stop", service);
    }

    /** Ends a service as a crash would, and leaves the others alone. */
    void kill(String service) {
        compose("kill", service);
    }

    /** Starts a service that was stopped, and waits until it is healthy. */
    void start(String service) {
        compose("up", "--detach", "--wait", "--no-deps", service);
    }

    /** {@return what the service's container is, as {@code docker inspect} tells it} */
    JsonNode inspect(String service) {
        var id = compose("ps", "--quiet", service);
        return Json.parse(run(List.of("docker", "inspect", id))).path(0);
    }

    /** {@return what a program in a service's container wrote} */
    String execute(String service, String... command) {
        var arguments = new ArrayList<>(List.of("exec", "--no-TTY", service));
        arguments.addAll(List.of(command));
        return compose(arguments.toArray(String[]::new));
    }

    /** {@return whether a node holds itself for ready, as its container's health check asks} */
    boolean isReady(String node) {
        try {
            execute(node, "bash", "/opt/keycloak/bin/is-ready");
            return true;
        } catch (ServerFailureException notReady) {
            return false;
        }
    }

    private String compose(String... arguments) {
        var command = new ArrayList<>(COMPOSE);
        for (var file : List.of("docker/compose.yaml", quick().toString())) {
            command.addAll(List.of("--file", file));
        }
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String run(List<String> command) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ports.forEach((name, port) -> builder.environment().put(name, Integer.toString(port)));
        builder.environment().put("DEMO_NETWORK", NETWORK);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ServerFailureException("Does not end: " + String.join(" ", command));
            }
            Files.writeString(log, output + "\n", StandardOpenOption.APPEND);
            if (process.exitValue() != 0) {
                throw new ServerFailureException(String.join(" ", command) + " ends with " + process.exitValue() + "; "
                        + log + " ends with\n" + lastLines(LAST_LINES));
            }
            return output;
        } catch (IOException e) {
            throw new ServerFailureException(command.get(0) + " can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailureException("Interrupted while " + String.join(" ", command) + " was running.");
        }
    }

    private String lastLines(int count) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the containers, their volumes and their network; the images stay. */
    @Override
    public void close() {
        compose("down", "--volumes");
    }
}
