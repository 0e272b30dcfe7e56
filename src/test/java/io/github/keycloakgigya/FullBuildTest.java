package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md lists what {@code mvn verify} leaves to a full build. */
class FullBuildTest {

    private static final Pattern LEFT = Pattern.compile("@OnlyInFullBuild\\b|\\bFullBuild\\.leaveOutOfOthers\\(");
    private static final Pattern TEST = Pattern.compile("`(\\w+IT)`");

    @Test
    void what_is_left_to_a_full_build_is_what_the_list_tells() throws IOException {
        assertThat(listed()).isEqualTo(leftToFullBuilds());
    }

    private static Set<String> listed() throws IOException {
        var text = Files.readString(Path.of("CONTRIBUTING.md"));
        var list = text.substring(text.indexOf("What only `mvn -Pfull verify` runs"));
        return TEST.matcher(list.substring(0, list.indexOf("\n\n", list.indexOf("\n- "))))
                .results()
                .map(test -> test.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> leftToFullBuilds() throws IOException {
        var names = new TreeSet<String>();
        for (var source : Sources.files()) {
            var name = source.getFileName().toString().replace(".java", "");
            if (name.endsWith("IT") && LEFT.matcher(Files.readString(source)).find()) {
                names.add(name);
            }
        }
        return names;
    }
}
