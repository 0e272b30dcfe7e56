package io.github.keycloakgigya.it;

import io.github.keycloakgigya.Requirement;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A PostgreSQL server that is there for one run, on a free port of the loopback interface and with a password.
 *
 * <p>Every setting is PostgreSQL's default, those of durability as well, but for servers of tests: a machine that stops in the
 * midst of one costs nothing, and a slow disk would cost minutes.
 */
public final class PostgresServer implements AutoCloseable {

    /** Name of the user that owns every database. */
    public static final String USER = "keycloak";

    private static final String FORGETFUL = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

    private final PostgresPrograms programs;
    private final Path folder;
    private final int port = KeycloakSettings.freePort();
    private final String password = UUID.randomUUID().toString();
    private final Thread stopsAtExit = new Thread(this::stop, "stop-postgres");

    private PostgresServer(PostgresPrograms programs, Path folder) {
        this.programs = programs;
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Starts an empty server.
     *
     * @param folder holds its data and log; what an earlier run left there is deleted
     * @param named the folder of PostgreSQL's programs, where it is not a usual one
     * @param progress is told each step that takes seconds
     * @throws ServerFailureException where PostgreSQL is not on this machine or does not start
     */
    public static PostgresServer start(Path folder, Optional<Path> named, Consumer<String> progress) {
        return start(folder, named, "", progress);
    }

    private static PostgresServer start(Path folder, Optional<Path> named, String settings, Consumer<String> progress) {
        var server = new PostgresServer(PostgresPrograms.find(named), folder);
        progress.accept("Starting " + server.version() + " on port " + server.port);
        try {
            server.create(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(server.stopsAtExit);
        return server;
    }

    /**
     * {@return an empty server with a folder of its own} Where PostgreSQL is not on this machine, the calling test is skipped,
     * unless {@code KEYCLOAK_GIGYA_REQUIRE} names it.
     */
    public static PostgresServer startForTest() {
        return startForTest(FORGETFUL);
    }

    /** {@return the same, with PostgreSQL's own settings of durability} */
    public static PostgresServer startDurableForTest() {
        return startForTest("");
    }

    private static PostgresServer startForTest(String settings) {
        try {
            // Not below the build's folder, which the user that PostgreSQL runs as may not be able to enter.
            return start(Files.createTempDirectory("keycloak-gigya-postgres"), Optional.empty(), settings, step -> {});
        } catch (ServerFailureException missing) {
            throw Requirement.POSTGRESQL.missing(missing.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create(String settings) throws IOException {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            stop();
        }
        deleteTree();
        Files.createDirectories(folder);
        var passwordFile = Files.writeString(folder.resolve("password"), password);
        programs.handOver(folder);
        programs.run(
                folder,
                "initdb",
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale");
        Files.delete(passwordFile);
        programs.run(
                folder,
                "pg_ctl",
                "--pgdata=" + data(),
                "--log=" + log(),
                "--wait",
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" + settings,
                "start");
    }

    private void deleteTree() throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** {@return name and number, such as {@code PostgreSQL 15.13}} */
    public String version() {
        return programs.run(Path.of("/"), "pg_ctl", "--version")
                .replaceFirst(".*\\(PostgreSQL\\) ([0-9.]+).*", "PostgreSQL $1");
    }

    /** {@return a new, empty database} */
    public Database createDatabase(String name) {
        try (var all = connect("postgres")) {
            all.execute("create database " + name);
        }
        return connect(name);
    }

    /** {@return a connection to a database that is there already} */
    public Database connect(String name) {
        return Database.connect("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, password);
    }

    /** {@return the file that the server logs to} */
    public Path log() {
        return folder.resolve("log");
    }

    /** {@return the server's processes but the first; one for each open connection is among them} */
    public List<ProcessHandle> processes() {
        try (var lines = Files.lines(data().resolve("postmaster.pid"))) {
            var postmaster = ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow()));
            return postmaster.stream().flatMap(ProcessHandle::descendants).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopsAtExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook finds it stopped.
            return;
        }
    }

    private void stop() {
        try {
            programs.run(folder, "pg_ctl", "--pgdata=" + data(), "--mode=fast", "--wait", "stop");
        } catch (ServerFailureException notRunning) {
            // There is nothing to stop.
            return;
        }
    }
}
