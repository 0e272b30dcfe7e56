package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The file that an administrator copies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JarIT {

    private static final Path FILE = Path.of(System.getProperty("extension.jar"));
    private static final String OWN = "io/github/keycloakgigya/";
    private static final String SERVICES = "META-INF/services/";

    private JarFile jar;

    @BeforeAll
    void open() throws IOException {
        jar = new JarFile(FILE.toFile());
    }

    @AfterAll
    void close() throws IOException {
        jar.close();
    }

    @Test
    void it_brings_no_class_that_could_meet_one_of_keycloaks() {
        assertThat(names().filter(name -> name.endsWith(".class"))).isNotEmpty().allMatch(name -> name.startsWith(OWN));
    }

    @Test
    void it_brings_the_jose_library_under_a_name_of_its_own() {
        assertThat(names()).contains(OWN + "shaded/nimbusds/jose/JWSObject.class");
    }

    @Test
    void it_holds_no_signature_of_another_jar() {
        assertThat(names()).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"));
    }

    @Test
    void it_stays_small_enough_to_be_looked_through() throws IOException {
        assertThat(Files.size(FILE)).isLessThan(2_000_000);
    }

    @Test
    void every_provider_that_it_names_is_in_it() {
        var services = names().filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                .toList();

        assertThat(services).isNotEmpty();
        assertThat(services.stream().flatMap(service -> lines(service).stream()))
                .isNotEmpty()
                .allSatisfy(provider -> assertThat(names()).contains(provider.replace('.', '/') + ".class"));
    }

    @Test
    void its_texts_and_its_licence_are_in_it() {
        assertThat(names())
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/keycloak-themes.json",
                        "theme-resources/templates/gigya-login.ftl",
                        "theme-resources/messages/messages_en.properties",
                        "theme-resources/messages/admin-messages_en.properties");
    }

    private Stream<String> names() {
        return jar.stream().map(JarEntry::getName);
    }

    private List<String> lines(String name) {
        try (var stream = jar.getInputStream(jar.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
