package io.github.keycloakgigya.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the build takes in from others is fixed and whole. */
class SupplyChainTest {

    private static final Pattern VERSION = Pattern.compile("(?:version>|\\.version>)([^<$\\s]+)</");
    private static final Pattern FIXED = Pattern.compile("\\d+(?:\\.\\w+)*(?:-[\\w.]+)?");

    @Test
    void a_file_with_a_wrong_checksum_ends_the_build() throws IOException {
        assertThat(Path.of(".mvn/maven.config")).content().contains("--strict-checksums");
    }

    @Test
    void every_version_is_a_certain_one() throws IOException {
        var versions = VERSION.matcher(pom())
                .results()
                .map(version -> version.group(1))
                // The Java and Maven that the build needs at least.
                .filter(version -> !List.of("[17,)", "[3.8,)").contains(version))
                .toList();

        assertThat(versions)
                .hasSizeGreaterThan(20)
                .allMatch(version -> FIXED.matcher(version).matches());
        assertThat(versions.stream().skip(1)).noneMatch(version -> version.endsWith("-SNAPSHOT"));
    }

    @Test
    void nothing_comes_from_another_place_than_mavens_own() throws IOException {
        assertThat(pom()).doesNotContain("<repository>", "<pluginRepository>", "<systemPath>");
    }

    @Test
    void static_analysis_ends_the_build_and_every_finding_that_is_left_out_says_why() throws IOException {
        assertThat(pom()).contains("spotbugs-maven-plugin", "findsecbugs-plugin", "<threshold>Low</threshold>");
        var leftOut = Files.readString(Path.of("src/spotbugs/exclude.xml")).split("<Match>");
        assertThat(Arrays.stream(leftOut).skip(1))
                .isNotEmpty()
                .allSatisfy(
                        match -> assertThat(match.strip()).startsWith("<!-- ").contains("<Bug pattern="));
    }

    private static String pom() throws IOException {
        return Files.readString(Path.of("pom.xml"));
    }
}
