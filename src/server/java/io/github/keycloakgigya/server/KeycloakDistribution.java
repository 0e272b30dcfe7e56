package io.github.keycloakgigya.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Keycloak's zip file, this project's jar, and the directory below which servers are unpacked.
 *
 * @param zip the distribution as Maven copied it
 * @param version its version, such as {@code 26.7.3}
 * @param extension the jar that goes into {@code providers}
 * @param workDirectory where servers are unpacked
 * @param others further jars for {@code providers}
 */
public record KeycloakDistribution(Path zip, String version, Path extension, Path workDirectory, List<Path> others) {

    private static final String FIRST_LANE = "lane1";

    /** {@return the one that the build named in system properties, which {@code pom.xml} sets} */
    public static KeycloakDistribution ofBuild() {
        return named("keycloak");
    }

    /** {@return the oldest one that is supported, which {@code pom.xml} names as well} */
    public static KeycloakDistribution older() {
        return named("keycloak.older");
    }

    /**
     * {@return the one that an upgrade begins with, which {@code pom.xml} names as well} Its jar is the one of the build,
     * unless the system property {@code cluster.previous-jar} names another.
     */
    public static KeycloakDistribution previous() {
        var later = named("keycloak.previous");
        var jar = System.getProperty("cluster.previous-jar", later.extension().toString());
        return new KeycloakDistribution(later.zip(), later.version(), Path.of(jar), later.workDirectory(), List.of());
    }

    /** {@return another version, whose zip file lies beside the build's} Where it does not, a server of it fails to start. */
    public static KeycloakDistribution ofVersion(String version) {
        KeycloakDistribution build = ofBuild();
        Path zip = build.zip().resolveSibling("keycloak-quarkus-dist-" + version + ".zip");
        return new KeycloakDistribution(zip, version, build.extension(), build.workDirectory(), List.of());
    }

    private static KeycloakDistribution named(String prefix) {
        return new KeycloakDistribution(
                Path.of(property(prefix + ".distribution")),
                property(prefix + ".version"),
                Path.of(property("extension.jar")),
                Path.of(property("work.directory")),
                List.of());
    }

    /** {@return this with a further jar for {@code providers}} */
    public KeycloakDistribution with(Path jar) {
        return new KeycloakDistribution(zip, version, extension, workDirectory, List.of(jar));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new ServerFailureException(
                    "The system property " + name + " is not set: run this through Maven (mvn verify, mvn -Pdemo).");
        }
        return value;
    }

    /**
     * {@return the directory of a server}
     *
     * @param name tells it from others of the same version; servers of another lane of tests have others
     */
    Path homeOf(String name) {
        var lane = System.getProperty("lane", FIRST_LANE);
        return workDirectory.resolve("keycloak-" + version + "-" + name + (lane.equals(FIRST_LANE) ? "" : "-" + lane));
    }

    /**
     * {@return what is in {@code providers}}
     *
     * @throws ServerFailureException where the extension is missing
     */
    List<Path> jars() {
        if (!Files.exists(extension)) {
            throw new ServerFailureException("The extension's jar is not at " + extension + ".");
        }
        return Stream.concat(Stream.of(extension), others.stream()).toList();
    }

    /**
     * Unpacks the distribution, and puts the jars into {@code providers}.
     *
     * @param home the new directory; what is there is deleted
     * @throws ServerFailureException where the zip file or the jar is missing or broken
     */
    void unpack(Path home) {
        try {
            deleteTree(home);
            extract(home);
            for (Path jar : jars()) {
                Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
            }
        } catch (ZipException e) {
            throw new ServerFailureException("Keycloak's distribution " + zip + " is incomplete (" + e.getMessage()
                    + "). Delete it, and org/keycloak/keycloak-quarkus-dist in your local Maven repository, and run"
                    + " again.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void extract(Path home) throws IOException {
        if (!Files.exists(zip)) {
            throw new ServerFailureException("Keycloak's distribution is not at " + zip + ".");
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                extract(file, entries.nextElement(), home);
            }
        }
    }

    private static void extract(ZipFile file, ZipEntry entry, Path home) throws IOException {
        Path below = Path.of(entry.getName());
        if (entry.isDirectory() || below.getNameCount() < 2) {
            return;
        }
        // Every entry stands below a directory that is named for the version.
        Path target = home.resolve(below.subpath(1, below.getNameCount())).normalize();
        if (!target.startsWith(home)) {
            throw new ZipException("entry outside of its directory");
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = file.getInputStream(entry)) {
            Files.copy(content, target);
        }
        if (target.toString().endsWith(".sh") && !target.toFile().setExecutable(true)) {
            throw new IOException("Could not make " + target + " executable.");
        }
    }

    /** {@return the script that runs Keycloak on this operating system} */
    public static Path script(Path home) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh");
    }

    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(root)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
