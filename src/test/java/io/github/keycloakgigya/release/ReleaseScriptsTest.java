package io.github.keycloakgigya.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a version is set, and which tags become a release. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts of a release need bash")
/** The scripts that docs/releasing.md names. */
class ReleaseScriptsTest {

    private record Ended(int status, String output, String complaints) {}

    private static final String CHANGELOG = """
            # Changelog

            ## Unreleased

            ### Fixed

            - Something new.

            ## 1.2.3 - 2026-01-02

            ### Added

            - Something old.
            """;

    @TempDir
    Path project;

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectory(project.resolve(".ci"));
        for (var script : List.of("set-version", "check-release")) {
            Files.copy(Path.of(".ci", script), project.resolve(".ci").resolve(script));
        }
        Files.copy(Path.of("pom.xml"), project.resolve("pom.xml"));
        Files.writeString(project.resolve("CHANGELOG.md"), CHANGELOG);
    }

    @Test
    void a_release_gets_what_was_unreleased() throws IOException {
        run("set-version", "2.0.0");

        var notes = run("check-release", "v2.0.0");

        assertThat(notes.complaints()).isEmpty();
        assertThat(notes.output()).isEqualTo("### Fixed\n\n- Something new.\n");
        assertThat(changelog().lines().filter(line -> line.startsWith("## ")))
                .hasSize(3)
                .startsWith("## Unreleased")
                .endsWith("## 1.2.3 - 2026-01-02");
    }

    @Test
    void nothing_but_the_version_and_the_day_changes_in_the_build() throws IOException {
        var before = Files.readAllLines(Path.of("pom.xml"));

        run("set-version", "2.0.0");

        var after = Files.readAllLines(project.resolve("pom.xml"));
        assertThat(after).hasSameSizeAs(before);
        var changed = new ArrayList<String>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                changed.add(after.get(i).strip());
            }
        }
        assertThat(changed).first().isEqualTo("<version>2.0.0</version>");
        assertThat(changed.subList(1, changed.size()))
                .allMatch(line -> line.matches("<project\\.build\\.outputTimestamp>.{10}T00:00:00Z</.*"));
    }

    @Test
    void the_changelog_is_left_alone_between_releases() throws IOException {
        run("set-version", "2.1.0-SNAPSHOT");

        assertThat(changelog()).isEqualTo(CHANGELOG);
        assertThat(project.resolve("pom.xml")).content().contains("<version>2.1.0-SNAPSHOT</version>");
    }

    @Test
    void a_version_is_not_released_twice() throws IOException {
        var ended = run("set-version", "1.2.3");

        assertThat(ended.status()).isNotZero();
        assertThat(ended.complaints()).contains("has a section of 1.2.3 already");
        assertThat(project.resolve("pom.xml")).hasSameTextualContentAs(Path.of("pom.xml"));
    }

    @Test
    void what_is_no_semantic_version_is_refused() throws IOException {
        for (var version : List.of("2", "2.0", "v2.0.0", "2.0.0.1", "02.0.0", "2.0.0-beta", "2.0.0;true", "")) {
            assertThat(run("set-version", version).status()).as(version).isNotZero();
        }
        assertThat(project.resolve("pom.xml")).hasSameTextualContentAs(Path.of("pom.xml"));
    }

    @Test
    void a_tag_of_another_version_makes_no_release() throws IOException {
        run("set-version", "2.0.0");

        assertThat(refusal("v2.0.1")).contains("The tag says 2.0.1, and pom.xml says 2.0.0");
    }

    @Test
    void a_snapshot_makes_no_release() throws IOException {
        run("set-version", "2.0.0-SNAPSHOT");

        assertThat(refusal("v2.0.0")).contains("pom.xml says 2.0.0-SNAPSHOT");
        assertThat(refusal("v2.0.0-SNAPSHOT")).contains("The tag of a release is vX.Y.Z");
    }

    @Test
    void a_tag_of_another_form_makes_no_release() throws IOException {
        for (var tag : List.of("2.0.0", "v2", "v2.0.0-rc1", "v2.0.0 v1.2.3", "v2x0x0", "main", "$(true)")) {
            assertThat(refusal(tag)).contains("The tag of a release is vX.Y.Z");
        }
    }

    @Test
    void a_version_that_the_changelog_does_not_tell_of_makes_no_release() throws IOException {
        run("set-version", "2.0.0");
        Files.writeString(project.resolve("CHANGELOG.md"), CHANGELOG);

        assertThat(refusal("v2.0.0")).contains("has no section \"## 2.0.0 - <date>\"");
    }

    @Test
    void a_section_without_a_change_makes_no_release() throws IOException {
        Files.writeString(project.resolve("CHANGELOG.md"), CHANGELOG.replace("### Fixed\n\n- Something new.\n\n", ""));
        run("set-version", "2.0.0");

        assertThat(refusal("v2.0.0")).contains("tells nothing of 2.0.0");
    }

    @Test
    void a_section_of_another_day_than_the_jars_makes_no_release() throws IOException {
        run("set-version", "2.0.0");
        Files.writeString(
                project.resolve("CHANGELOG.md"),
                changelog().replaceFirst("## 2\\.0\\.0 - .*", "## 2.0.0 - 2001-01-01"));

        assertThat(refusal("v2.0.0")).contains("project.build.outputTimestamp");
    }

    private String refusal(String tag) throws IOException {
        var ended = run("check-release", tag);
        assertThat(ended.status()).as(tag).isNotZero();
        assertThat(ended.output()).as(tag).isEmpty();
        return ended.complaints();
    }

    private String changelog() throws IOException {
        return Files.readString(project.resolve("CHANGELOG.md"));
    }

    private Ended run(String script, String... arguments) throws IOException {
        var complaints = Files.createTempFile(project, "complaints", null);
        var command = Stream.concat(Stream.of("bash", ".ci/" + script), Stream.of(arguments))
                .toList();
        var process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectError(complaints.toFile())
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), output, Files.readString(complaints));
    }
}
