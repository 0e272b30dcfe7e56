package io.github.keycloakgigya.it.operations;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import io.github.keycloakgigya.Requirement;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.server.ServerLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/**
 * Keycloak in the official image, with this project's jar. It uses the machine's own network: so it reaches the
 * simulator, which listens on the loopback interface.
 *
 * @param container is running
 * @param address where it listens
 * @param admin an administrator of the realm {@code master}
 * @param log what it wrote
 */
record KeycloakInContainer(KeycloakContainer container, URI address, AdminClient admin, ServerLog log)
        implements Keycloak, AutoCloseable {

    private static final String IMAGE = "quay.io/keycloak/keycloak";
    private static final String HOME = "/opt/keycloak";
    private static final int READABLE = 0644;
    private static final int LAST_LINES = 25;

    /**
     * Starts a server and waits until it answers. Skips the calling test where the machine has no fitting Docker daemon.
     *
     * @param realmFile a realm that is imported
     * @param variables the values of the realm file's variables
     * @param certificate a PEM file; the server trusts what this authority issued
     * @throws ServerFailureException where it does not come up; the message ends with the last lines of its log
     */
    static KeycloakInContainer start(
            KeycloakDistribution distribution, Path realmFile, Map<String, String> variables, Path certificate) {
        demandDocker();
        int port = KeycloakSettings.freePort();
        ServerLog log = emptyLog(distribution.workDirectory().resolve("keycloak-in-container.log"));
        KeycloakContainer container = new KeycloakContainer(IMAGE + ":" + distribution.version())
                // The library's own policy asks the registry again after a day.
                .withImagePullPolicy(PullPolicy.defaultPolicy())
                .withNetworkMode("host")
                .withExposedPorts()
                .withEnv(variables)
                .withEnv("JAVA_OPTS_APPEND", System.getProperty("keycloak.java.options", ""))
                .withEnv("KC_HTTP_HOST", "localhost")
                .withEnv("KC_HTTP_PORT", Integer.toString(port))
                .withEnv("KC_HTTP_MANAGEMENT_PORT", Integer.toString(KeycloakSettings.freePort()))
                .withProviderLibsFrom(List.of(distribution.extension().toFile()))
                .withCopyFileToContainer(readable(realmFile), HOME + "/data/import/realm.json")
                .withCopyFileToContainer(readable(certificate), HOME + "/conf/truststores/authority.pem")
                .withLogConsumer(appendingTo(log))
                .waitingFor(new Listening(log));
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            throw new ServerFailureException("Keycloak does not start in its container: " + reason(e) + "; its log "
                    + log.file() + " ends with\n" + String.join("\n", log.lastLines(LAST_LINES)));
        }
        URI address = URI.create("http://localhost:" + port);
        return new KeycloakInContainer(container, address, new AdminClient(address), log);
    }

    private static void demandDocker() {
        DockerClientFactory docker = DockerClientFactory.instance();
        if (!docker.isDockerAvailable()) {
            throw Requirement.DOCKER.missing("no Docker daemon answers; Debian's package is docker.io");
        }
        // One in a virtual machine, as on macOS and Windows, has a loopback interface of its own.
        String kernel = docker.client().infoCmd().exec().getKernelVersion();
        if (!System.getProperty("os.version").equals(kernel)) {
            throw Requirement.DOCKER.missing("the Docker daemon runs on another kernel, " + kernel
                    + "; one that runs on this machine itself is needed, under Linux");
        }
    }

    private static ServerLog emptyLog(Path file) {
        try {
            return new ServerLog(Files.writeString(file, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Consumer<OutputFrame> appendingTo(ServerLog log) {
        return frame -> {
            try {
                Files.writeString(log.file(), frame.getUtf8String(), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static MountableFile readable(Path file) {
        return MountableFile.forHostPath(file, READABLE);
    }

    private static String reason(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : reason(failure.getCause());
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Needs no mapped port, which the machine's own network doesn't have, and gives up where the server ended. */
    private static final class Listening extends AbstractWaitStrategy {

        private final ServerLog log;

        Listening(ServerLog log) {
            this.log = log;
            withStartupTimeout(Duration.ofMinutes(6));
        }

        @Override
        protected void waitUntilReady() {
            Awaitility.await("Keycloak listens")
                    .atMost(startupTimeout)
                    .failFast("it has stopped", () -> !waitStrategyTarget.isRunning())
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("Listening on: ")));
        }
    }
}
