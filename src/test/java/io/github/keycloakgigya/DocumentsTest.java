package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there. */
class DocumentsTest {

    private static final Pattern TEST = Pattern.compile("`(\\w*[a-z]\\w*(?:IT|Test))(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void every_test_that_a_document_names_exists() throws IOException {
        var sources = files(Path.of("src/test/java"), ".java");

        for (var document : documents()) {
            TEST.matcher(Files.readString(document))
                    .results()
                    .forEach(named -> assertThat(sources)
                            .as("%s names %s", document, named.group())
                            .anyMatch(source -> holds(source, named.group(1), Optional.ofNullable(named.group(2)))));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_to_a_file_leads_to_one(Path document) throws IOException {
        var folder = Optional.ofNullable(document.getParent()).orElse(Path.of(""));

        assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
                .allSatisfy(target -> assertThat(folder.resolve(target)).exists());
    }

    private static List<Path> documents() throws IOException {
        return Stream.concat(
                        files(Path.of("docs"), ".md").stream(),
                        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                                .map(Path::of))
                .toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static boolean holds(Path source, String testClass, Optional<String> test) {
        try {
            return source.endsWith(testClass + ".java")
                    && (test.isEmpty() || Files.readString(source).contains("void " + test.get() + "("));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
