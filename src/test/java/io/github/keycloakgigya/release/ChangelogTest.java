package io.github.keycloakgigya.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The changelog is of the form that people and the release's script read.
 *
 * @see <a href="https://keepachangelog.com/en/1.1.0/">Keep a Changelog</a>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangelogTest {

    private static final Pattern RELEASE = Pattern.compile("## (\\d+)\\.(\\d+)\\.(\\d+) - (\\d{4}-\\d{2}-\\d{2})");
    private static final String UNRELEASED = "## Unreleased";
    private static final List<String> KINDS =
            List.of("### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security");

    private record Version(int major, int minor, int patch) implements Comparable<Version> {

        private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .thenComparingInt(Version::patch);

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    private record Section(String heading, List<String> lines) {

        boolean isReleased() {
            return RELEASE.matcher(heading).matches();
        }

        Version version() {
            var words = heading.substring("## ".length()).split("[. ]");
            return new Version(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }

        LocalDate day() {
            return LocalDate.parse(heading.substring(heading.length() - "2026-01-01".length()));
        }
    }

    private final List<Section> sections = new ArrayList<>();

    @BeforeAll
    void read() throws IOException {
        for (var line : Files.readAllLines(Path.of("CHANGELOG.md"))) {
            if (line.startsWith("## ")) {
                sections.add(new Section(line, new ArrayList<>()));
            } else if (!sections.isEmpty()) {
                sections.get(sections.size() - 1).lines().add(line);
            }
        }
    }

    @Test
    void what_is_not_released_yet_comes_first() {
        assertThat(sections.get(0).heading()).isEqualTo(UNRELEASED);
    }

    @Test
    void every_other_section_is_a_version_and_its_day() {
        assertThat(sections.stream().skip(1)).allMatch(Section::isReleased);
    }

    @Test
    void the_newest_version_comes_first() {
        assertThat(released().stream().map(Section::version).toList())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        assertThat(released().stream().map(Section::day).toList()).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void changes_stand_under_what_kind_they_are_of() {
        assertThat(sections).allSatisfy(section -> {
            var kinds = section.lines().stream()
                    .filter(line -> line.startsWith("#"))
                    .toList();
            assertThat(kinds).as(section.heading()).isSubsetOf(KINDS).doesNotHaveDuplicates();
            assertThat(section.lines().stream()
                            .dropWhile(line -> !line.startsWith("### "))
                            .filter(line -> !line.isBlank() && !line.startsWith("### ")))
                    .as(section.heading())
                    .allMatch(line -> line.startsWith("- ") || line.startsWith("  "));
        });
    }

    @Test
    void no_kind_of_change_is_left_empty() {
        assertThat(sections).allSatisfy(section -> {
            var lines = section.lines().stream().filter(line -> !line.isBlank()).toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("### ")) {
                    assertThat(lines.subList(i + 1, lines.size()))
                            .as("%s of %s", lines.get(i), section.heading())
                            .first()
                            .satisfies(next -> assertThat(next).startsWith("- "));
                }
            }
        });
    }

    @Test
    void a_release_tells_of_some_change() {
        assertThat(released())
                .allSatisfy(section -> assertThat(section.lines()).anyMatch(line -> line.startsWith("- ")));
    }

    @Test
    void the_project_is_the_newest_release_or_comes_after_it() throws IOException {
        var version = Pattern.compile("<version>(\\d+)\\.(\\d+)\\.(\\d+)(-SNAPSHOT)?<")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        var built = new Version(
                Integer.parseInt(version.group(1)),
                Integer.parseInt(version.group(2)),
                Integer.parseInt(version.group(3)));

        if (version.group(4) == null) {
            assertThat(released())
                    .first()
                    .satisfies(newest -> assertThat(newest.version()).isEqualTo(built));
        } else {
            assertThat(released())
                    .allSatisfy(section -> assertThat(section.version()).isLessThan(built));
        }
    }

    private List<Section> released() {
        return sections.stream().filter(Section::isReleased).toList();
    }
}
