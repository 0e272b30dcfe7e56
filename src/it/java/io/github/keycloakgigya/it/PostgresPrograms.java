package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.ServerFailureException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs on this machine.
 *
 * @param folder holds {@code initdb} and {@code pg_ctl}
 * @param prefix what stands before each command; empty where they run as the user that runs the tests
 */
record PostgresPrograms(Path folder, List<String> prefix) {

    // Where Debian and Ubuntu put each version.
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /**
     * {@return the programs of the newest version here}
     *
     * @param named the folder to use instead
     * @throws ServerFailureException where there are none
     */
    static PostgresPrograms find(Optional<Path> named) {
        var folder = Stream.concat(named.stream(), named.isPresent() ? Stream.empty() : usual())
                .filter(candidate -> Files.isExecutable(candidate.resolve("initdb"))
                        && Files.isExecutable(candidate.resolve("pg_ctl")))
                .findFirst()
                .orElseThrow(() -> new ServerFailureException("PostgreSQL's initdb and pg_ctl are not in "
                        + named.map(Path::toString).orElse(DEBIAN + "/*/bin or the PATH")
                        + ". Install PostgreSQL, or name their folder with -Dbench.postgres=FOLDER."));
        return new PostgresPrograms(folder, switchOfUser());
    }

    private static Stream<Path> usual() {
        var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.concat(debian().stream(), path);
    }

    private static List<Path> debian() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions.filter(version -> version.getFileName().toString().matches("[0-9]+"))
                    .sorted(Comparator.comparingInt(PostgresPrograms::number).reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> switchOfUser() {
        return isRoot() ? List.of("runuser", "-u", user(), "--") : List.of();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String user() {
        try (var users = Files.lines(Path.of("/etc/passwd"))) {
            return users.anyMatch(user -> user.startsWith("postgres:")) ? "postgres" : "nobody";
        } catch (IOException unreadable) {
            return "nobody";
        }
    }

    /** Gives a folder and what is in it to the user that the programs run as. */
    void handOver(Path files) {
        if (isRoot()) {
            Programs.run(files, List.of("chown", "-R", user(), files.toString()));
        }
    }

    /**
     * {@return what the program wrote}
     *
     * @throws ServerFailureException where it fails
     */
    String run(Path where, String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve(program).toString());
        command.addAll(List.of(arguments));
        return Programs.run(where, command);
    }
}
