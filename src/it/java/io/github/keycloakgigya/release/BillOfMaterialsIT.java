package io.github.keycloakgigya.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The bill of materials tells what the jar contains. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "bill.of.materials",
        matches = ".+",
        disabledReason = "the bill of materials is made with -Pbom")
class BillOfMaterialsIT {

    private static final String SHADED = "io/github/keycloakgigya/shaded/";
    private static final Pattern POM_PROPERTIES = Pattern.compile("META-INF/maven/.*/pom\\.properties");

    private JsonNode bill;
    private List<String> classes;

    @BeforeAll
    void read() throws IOException {
        bill = new ObjectMapper()
                .readTree(Path.of(System.getProperty("bill.of.materials")).toFile());
        try (var jar = new JarFile(System.getProperty("extension.jar"))) {
            classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    @Test
    void it_names_the_library_in_the_jar_what_is_inside_of_that_and_nothing_else() throws Exception {
        assertThat(components()).containsExactlyInAnyOrderElementsOf(shaded());
    }

    @Test
    void no_class_of_another_library_is_in_the_jar() {
        assertThat(classes.stream().filter(name -> name.startsWith(SHADED)))
                .isNotEmpty()
                .allMatch(name -> name.startsWith(SHADED + "nimbusds/"));
    }

    @Test
    void everything_in_it_has_a_licence_and_a_checksum() {
        assertThat(bill.path("components")).isNotEmpty().allSatisfy(component -> {
            assertThat(component.path("licenses")).as("licences").isNotEmpty();
            assertThat(component.path("hashes").findValuesAsText("alg")).contains("SHA-256");
        });
    }

    @Test
    void it_is_about_this_project() {
        var subject = bill.path("metadata").path("component");

        assertThat(subject.path("purl").asText())
                .startsWith("pkg:maven/io.github.keycloakgigya/keycloak-gigya@"
                        + subject.path("version").asText());
        assertThat(Path.of(System.getProperty("extension.jar")))
                .hasFileName("keycloak-gigya-" + subject.path("version").asText() + ".jar");
    }

    private List<String> components() {
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .map(component -> component.path("group").asText() + ":"
                        + component.path("name").asText() + ":"
                        + component.path("version").asText())
                .toList();
    }

    /** {@return the artifacts of Nimbus' jar of which at least one class is in ours} Nimbus renames those of others. */
    private List<String> shaded() throws IOException, URISyntaxException {
        var file = Path.of(JWSObject.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var artifacts = new ArrayList<String>();
        try (var nimbus = new JarFile(file.toFile())) {
            for (var entry : described(nimbus).toList()) {
                var properties = new Properties();
                try (var stream = nimbus.getInputStream(entry)) {
                    properties.load(stream);
                }
                var artifact = properties.getProperty("artifactId");
                // Such as gson, and jcip of jcip-annotations.
                var renamed = SHADED + "nimbusds/jose/shaded/" + artifact.split("-")[0] + "/";
                if (artifact.equals("nimbus-jose-jwt") || classes.stream().anyMatch(name -> name.startsWith(renamed))) {
                    artifacts.add(properties.getProperty("groupId") + ":" + artifact + ":"
                            + properties.getProperty("version"));
                }
            }
        }
        return artifacts;
    }

    private static Stream<JarEntry> described(JarFile jar) {
        return jar.stream()
                .filter(entry -> POM_PROPERTIES.matcher(entry.getName()).matches());
    }
}
