package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} is what people do: short, and with a remedy for each symptom. */
class TroubleshootingTest {

    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final int LONGEST = 15 * 1024;

    @Test
    void it_is_short_enough_to_be_read() throws IOException {
        assertThat(Files.size(PAGE))
                .as("what the code says itself belongs to docs/reference, which is made from it")
                .isLessThanOrEqualTo(LONGEST);
    }

    @Test
    void each_symptom_has_a_cause_and_a_remedy() {
        var rows =
                Document.read(PAGE).prose().filter(line -> line.startsWith("|")).toList();

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(cells(row)).hasSizeGreaterThan(1).noneMatch(String::isBlank));
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
