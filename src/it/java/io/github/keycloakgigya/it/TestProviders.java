package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.KeycloakDistribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A jar of providers through which tests reach what has no address of its own. It stands beside the extension in the
 * servers that tests start, and is never shipped.
 */
public final class TestProviders {

    private static final List<TestProvider> PROVIDERS = List.of(
            new TestProvider(
                    "io.github.keycloakgigya.sync.bulk.",
                    "BulkResource",
                    "org.keycloak.services.resource.RealmResourceProviderFactory"),
            new TestProvider(
                    "io.github.keycloakgigya.it.", "FailingStep", "org.keycloak.authentication.AuthenticatorFactory"));

    private TestProviders() {}

    /** {@return the distribution of the build, with these providers} */
    public static KeycloakDistribution inBuild() {
        var build = KeycloakDistribution.ofBuild();
        try {
            return build.with(jar(build.workDirectory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Of the same bytes as long as its classes are the same.
    private static Path jar(Path directory) throws IOException {
        var jar = directory.resolve("test-providers.jar");
        // Another lane of tests may read it at this moment.
        var unfinished = Files.createTempFile(directory, "test-providers", ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(unfinished))) {
            for (var provider : PROVIDERS) {
                for (var file : provider.classes()) {
                    put(out, provider.directory() + file.getFileName(), Files.readAllBytes(file));
                }
                put(
                        out,
                        "META-INF/services/" + provider.service(),
                        provider.factory().getBytes(StandardCharsets.UTF_8));
            }
            // Lets Keycloak's build find the annotations.
            put(out, "META-INF/beans.xml", new byte[0]);
        }
        return Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        var entry = new JarEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    /**
     * A provider and the classes that it is made of.
     *
     * @param name that the names of all its classes begin with
     * @param service the kind of factory
     */
    private record TestProvider(String inPackage, String name, String service) {

        String factory() {
            return inPackage + name + "Factory";
        }

        String directory() {
            return inPackage.replace('.', '/');
        }

        List<Path> classes() throws IOException {
            var compiled = Path.of(System.getProperty("work.directory"), "test-classes");
            try (var files = Files.list(compiled.resolve(directory()))) {
                return files.filter(file -> file.getFileName().toString().startsWith(name))
                        .sorted()
                        .toList();
            }
        }
    }
}
