package io.github.keycloakgigya.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A jar of providers through which tests reach what has no address of its own. It stands beside the extension in the
 * servers that tests start, and is never shipped.
 */
final class TestProviders {

    private static final String PACKAGE = "io/github/keycloakgigya/storage/";
    private static final String FACTORY = "io.github.keycloakgigya.storage.BulkResourceFactory";
    private static final String SERVICE =
            "META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory";

    private TestProviders() {}

    /** {@return the jar, of the same bytes as long as its classes are the same} */
    static Path jar(Path directory) throws IOException {
        var jar = directory.resolve("test-providers.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var classes = Files.list(compiled())) {
            for (var file : classes.filter(TestProviders::isOfProvider).sorted().toList()) {
                put(out, PACKAGE + file.getFileName(), Files.readAllBytes(file));
            }
            put(out, SERVICE, FACTORY.getBytes(StandardCharsets.UTF_8));
            // Lets Keycloak's build find the annotations.
            put(out, "META-INF/beans.xml", new byte[0]);
        }
        return jar;
    }

    private static Path compiled() {
        return Path.of(System.getProperty("work.directory"), "test-classes").resolve(PACKAGE);
    }

    private static boolean isOfProvider(Path file) {
        return file.getFileName().toString().startsWith("BulkResource");
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        var entry = new JarEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
