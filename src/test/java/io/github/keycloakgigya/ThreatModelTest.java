package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The threat model claims nothing that no test shows. That the tests exist is up to {@link DocumentsTest}. */
class ThreatModelTest {

    private static final Pattern TABLE = Pattern.compile(
            "(?m)^\\| attack \\| what stops it \\| shown by \\|\\n\\| --- \\| --- \\| --- \\|\\n((?:\\|.*\\n)+)");
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.+) \\|");
    private static final Pattern TESTS = Pattern.compile("(?:`[\\w./]+`, )*`\\w+(?:IT|Test)`(?:, `[\\w./]+`)*");

    @Test
    void whatever_is_said_to_stop_an_attack_is_shown_by_a_test() throws IOException {
        assertThat(attacks()).hasSizeGreaterThan(40).allSatisfy(attack -> {
            var cells = ROW.matcher(attack);
            assertThat(cells.matches()).as(attack).isTrue();
            assertThat(cells.group(3)).as(attack).matches(TESTS);
        });
    }

    private static List<String> attacks() throws IOException {
        return TABLE.matcher(Files.readString(Path.of("SECURITY.md")))
                .results()
                .flatMap(table -> table.group(1).lines())
                .toList();
    }
}
