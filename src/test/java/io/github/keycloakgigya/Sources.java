package io.github.keycloakgigya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java sources of this project: {@code src/main/java}, {@code src/it/java} and the others. */
final class Sources {

    private Sources() {}

    /** {@return the folders in which packages begin} */
    static List<Path> roots() {
        try (var sets = Files.list(Path.of("src"))) {
            return sets.map(set -> set.resolve("java"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return every file of them} */
    static List<Path> files() {
        return roots().stream().flatMap(root -> filesBelow(root).stream()).toList();
    }

    private static List<Path> filesBelow(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
