package io.github.keycloakgigya.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A Keycloak that was unpacked and built with certain jars and options. It stays below the work directory and is never
 * started itself: servers of this run and of later ones are copies of it, and need not be built again.
 *
 * @param directory where it is
 * @param mark tells it from others, by its options and the content of its jars
 */
record BuiltKeycloak(Path directory, String mark) {

    /** Holds the mark of what a directory was built as, or copied from. */
    private static final String MARKER = ".built";

    private static final String DATA = "data";

    /**
     * {@return the one with the distribution's jars} Unpacks and builds it where there is none yet.
     *
     * @param options of {@code kc.sh build}
     * @param java the directory of the Java that builds it
     */
    static synchronized BuiltKeycloak of(
            KeycloakDistribution distribution, List<String> options, String java, Consumer<String> progress)
            throws IOException {
        var work = Files.createDirectories(distribution.workDirectory());
        // Another jar of the same name replaces one that nobody needs any more.
        var kind = Objects.hash(
                options,
                java,
                distribution.others().stream().map(Path::getFileName).toList());
        var name = "built-" + distribution.version() + "-" + HexFormat.of().toHexDigits(kind);
        var built = new BuiltKeycloak(work.resolve(name), markOf(distribution, options, java));
        // Two lanes of tests are two processes.
        try (var file =
                FileChannel.open(work.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            if (!built.isAt(built.directory)) {
                progress.accept("Unpacking Keycloak " + distribution.version());
                distribution.unpack(built.directory);
                progress.accept(
                        "Building Keycloak with " + distribution.extension().getFileName() + " (about half a minute)");
                new KeycloakHome(built.directory).build(options, java);
                Files.writeString(built.directory.resolve(MARKER), built.mark);
            }
        }
        return built;
    }

    private static String markOf(KeycloakDistribution distribution, List<String> options, String java)
            throws IOException {
        var parts = new ArrayList<>(options);
        parts.add(java);
        for (Path jar : distribution.jars()) {
            var sum = new CRC32C();
            sum.update(Files.readAllBytes(jar));
            parts.add(jar.getFileName() + "=" + Long.toHexString(sum.getValue()));
        }
        return String.join(" ", parts);
    }

    private boolean isAt(Path place) throws IOException {
        var marker = place.resolve(MARKER);
        return Files.exists(marker) && Files.readString(marker).equals(mark);
    }

    /** Makes a server's directory a copy of this; its data stay. */
    void copyTo(Path home) throws IOException {
        if (isAt(home)) {
            return;
        }
        Files.createDirectories(home);
        try (Stream<Path> present = Files.list(home)) {
            for (Path file : present.filter(file -> !file.endsWith(DATA)).toList()) {
                KeycloakDistribution.deleteTree(file);
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.endsWith(MARKER)).toList()) {
                copy(file, home.resolve(directory.relativize(file)));
            }
        }
        Files.writeString(home.resolve(MARKER), mark);
    }

    // A server changes none of these files. Their times stay, which Keycloak compares with those of its build.
    private static void copy(Path file, Path target) throws IOException {
        if (Files.isDirectory(file)) {
            Files.createDirectories(target);
        } else {
            Files.createLink(target, file);
        }
    }
}
