package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.versions.CompatibilityTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document tells of what the build promises, and how that went. {@code mvn -Pmatrix verify} writes it anew. */
class CompatibilityTableTest {

    private static final List<Integer> JAVAS = List.of(17, 21, 25);

    @Test
    void the_document_is_as_a_run_writes_it() throws IOException {
        assertThat(CompatibilityTable.DOCUMENT)
                .hasContent(CompatibilityTable.read().text());
    }

    @Test
    void it_tells_of_every_version_on_every_java() throws IOException {
        var promised = List.of("keycloak.older.version", "keycloak.version", "keycloak.server.version").stream()
                .map(CompatibilityTableTest::property)
                .flatMap(keycloak -> JAVAS.stream().map(java -> new Combination(keycloak, java)));

        assertThat(CompatibilityTable.read().rows())
                .extracting(Row::combination)
                .containsExactlyElementsOf(promised.toList());
    }

    @Test
    void nothing_failed_that_was_tried() throws IOException {
        assertThat(CompatibilityTable.read().rows())
                .extracting(Row::cells)
                .allSatisfy(cells -> assertThat(cells)
                        .hasSameSizeAs(Essential.values())
                        .isSubsetOf(CompatibilityTable.WORKS, CompatibilityTable.NOT_TRIED));
    }

    // The tests of units get none of the build's properties.
    private static String property(String name) {
        try {
            var value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<")
                    .matcher(Files.readString(Path.of("pom.xml")));
            assertThat(value.find()).as(name).isTrue();
            return value.group(1);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
