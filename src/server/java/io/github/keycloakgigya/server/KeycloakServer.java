package io.github.keycloakgigya.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Keycloak server with this project's jar, as a process of its own that listens on the loopback interface.
 *
 * <p>It runs {@code kc.sh start --optimized} as in production, but over plain HTTP and with an H2 database. Its log
 * holds every SQL statement and this project's DEBUG lines. It is stopped with the Java machine at the latest.
 */
public final class KeycloakServer implements Keycloak, AutoCloseable {

    /** Name and password of the administrator in the realm {@code master}. */
    public static final String ADMIN = "admin";

    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int LAST_LINES = 25;

    private final Process process;
    private final int port;
    private final int managementPort;
    private final ServerLog log;
    private final KeycloakHome home;
    // One for all, since the password check of a new one takes longer than most requests.
    private final AdminClient admin;
    private final Thread stopsAtExit = new Thread(this::stop, "stop-keycloak");

    private KeycloakServer(Process process, int port, int managementPort, ServerLog log, KeycloakHome home) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        this.home = home;
        this.admin = new AdminClient(address());
    }

    /**
     * Unpacks Keycloak where needed, starts it and waits until it answers.
     *
     * @param progress is told each step that takes seconds
     * @throws ServerFailureException where it does not come up; the message ends with the last lines of its log
     */
    public static KeycloakServer start(
            KeycloakDistribution distribution, KeycloakSettings settings, Consumer<String> progress) {
        try {
            KeycloakHome home = KeycloakHome.prepare(distribution, settings, progress);
            int managementPort = KeycloakSettings.freePort();
            ServerLog log = new ServerLog(home.directory().resolve("server.log"));
            progress.accept("Starting Keycloak " + distribution.version() + " on port " + settings.port());
            Process process = home.startCommand(settings, managementPort)
                    .redirectErrorStream(true)
                    .redirectOutput(log.file().toFile())
                    .start();
            KeycloakServer server = new KeycloakServer(process, settings.port(), managementPort, log, home);
            Runtime.getRuntime().addShutdownHook(server.stopsAtExit);
            server.waitUntilReady(server.management().resolve("/health/ready"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitUntilReady(URI health) {
        Instant limit = Instant.now().plus(START_LIMIT);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try {
            while (!isReady(http, health)) {
                // The wait between two looks ends at once where the process ends.
                if (process.waitFor(250, TimeUnit.MILLISECONDS) || Instant.now().isAfter(limit)) {
                    String how = process.isAlive() ? "is not ready after " + START_LIMIT : "has stopped";
                    close();
                    throw new ServerFailureException("Keycloak " + how + "; its log " + log.file() + " ends with\n"
                            + String.join("\n", log.lastLines(LAST_LINES)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new ServerFailureException("Interrupted while Keycloak was starting.");
        }
    }

    private static boolean isReady(HttpClient http, URI health) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    @Override
    public URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** {@return the address of its management interface, which is there for health and metrics} */
    public URI management() {
        return URI.create("http://localhost:" + managementPort);
    }

    @Override
    public AdminClient admin() {
        return admin;
    }

    /** {@return what the server wrote since its start} */
    public ServerLog log() {
        return log;
    }

    /** {@return the SQL that the server runs} */
    public SqlLog sql() {
        return new SqlLog(log);
    }

    /**
     * Puts an entry into the server's vault.
     *
     * @param realm whose vault references can name it
     * @param key the name of the entry; neither holds an underscore, which Keycloak would double
     */
    public void putSecret(String realm, String key, String secret) {
        try {
            Files.writeString(home.vault().resolve(realm + "_" + key), secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the server's directory} */
    public Path home() {
        return home.directory();
    }

    /** Stops the server and writes one of its realms into a file, secrets in clear text. */
    public void closeAndExport(String realm, Path file) {
        close();
        try {
            home.export(realm, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether the server's process runs} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the number of the process that runs Java} */
    public long processId() {
        // kc.sh runs Java as its child.
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new ServerFailureException("Keycloak has no process that runs Java."))
                .pid();
    }

    /** Returns when the server's process has ended. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends the server as a crash would, with SIGKILL. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        children.forEach(child -> child.onExit().join());
        process.onExit().join();
        forgetShutdownHook();
    }

    /** Stops the server and its children, and returns when none is left. */
    @Override
    public void close() {
        stop();
        forgetShutdownHook();
    }

    private void stop() {
        // kc.sh runs Java as its child; asked before the script ends, because then the tie is gone.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!hasEnded(process.toHandle())) {
            process.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            if (!hasEnded(child)) {
                child.destroyForcibly();
                child.onExit().join();
            }
        }
    }

    private static boolean hasEnded(ProcessHandle handle) {
        handle.onExit()
                .completeOnTimeout(handle, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return !handle.isAlive();
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopsAtExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook does the same work once more, and finds nothing left.
            return;
        }
    }
}
