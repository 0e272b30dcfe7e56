package io.github.keycloakgigya.it;

import io.github.keycloakgigya.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java on this machine that can run a server.
 *
 * @param version such as {@code 21.0.9}
 * @param directory what {@code JAVA_HOME} holds
 */
public record JavaHome(String version, Path directory) {

    // As the directory's file "release" says it.
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([^\"]+)\"");

    /**
     * {@return a Java of this release} Skips the calling test where the machine has none.
     *
     * @param release such as {@code 21}
     */
    public static JavaHome ofRelease(int release) {
        return everywhere(release)
                .flatMap(directory -> at(directory).stream())
                .filter(java -> java.release() == release)
                .findFirst()
                .orElseThrow(() -> Requirement.JAVA.missing("there is no Java " + release
                        + " here; install one, or name its directory in the variable JAVA_HOME_" + release));
    }

    /** {@return the release, such as {@code 21}} */
    int release() {
        return Integer.parseInt(version.split("[.+-]", 2)[0]);
    }

    private static Stream<Path> everywhere(int release) {
        var home = Path.of(System.getProperty("user.home"));
        // What Linux distributions, SDKMAN, IDEs and macOS use.
        var usual = List.of(
                Path.of("/usr/lib/jvm"),
                home.resolve(".sdkman/candidates/java"),
                home.resolve(".jdks"),
                Path.of("/Library/Java/JavaVirtualMachines"));
        return Stream.of(
                        named(release),
                        Stream.of(Path.of(System.getProperty("java.home"))),
                        usual.stream().flatMap(JavaHome::below))
                .flatMap(directories -> directories);
    }

    // GitHub's machines add the processor's name: JAVA_HOME_21_X64.
    private static Stream<Path> named(int release) {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("JAVA_HOME_" + release + "(_\\w+)?"))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Stream<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList().stream()
                    .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")));
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static Optional<JavaHome> at(Path directory) {
        var release = directory.resolve("release");
        if (!Files.isReadable(release) || !Files.isDirectory(directory.resolve("bin"))) {
            return Optional.empty();
        }
        try {
            var version = VERSION.matcher(Files.readString(release));
            return version.find() ? Optional.of(new JavaHome(version.group(1), directory)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
