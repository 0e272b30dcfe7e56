package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataCenterTest {

    private static final Pattern LIST = Pattern.compile("`(us1 [a-z0-9 ]+)`");

    @Test
    void a_document_that_lists_data_centers_lists_them_all() throws IOException {
        var all = Arrays.stream(DataCenter.values()).map(DataCenter::id).collect(Collectors.joining(" "));

        try (var documents = Stream.concat(Files.walk(Path.of("docs")), Stream.of(Path.of("README.md")))) {
            assertThat(documents
                            .filter(document -> document.toString().endsWith(".md"))
                            .flatMap(DataCenterTest::lists))
                    .isNotEmpty()
                    .containsOnly(all);
        }
    }

    private static Stream<String> lists(Path document) {
        try {
            return LIST.matcher(Files.readString(document)).results().map(list -> list.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
