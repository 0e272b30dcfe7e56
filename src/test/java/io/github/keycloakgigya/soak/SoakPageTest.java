package io.github.keycloakgigya.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakPageTest {

    private static final Footprint SMALL = new Footprint(100L << 20, 100, 50);

    private final Recording recording = new Recording();

    @BeforeEach
    void record_a_minute() {
        var start = recording.start();
        for (int second = 0; second < 60; second++) {
            recording.add(new Operation(
                    "door <1>",
                    start.plusSeconds(second),
                    start.plusSeconds(second).plusMillis(80),
                    second == 34 ? Ending.UNAVAILABLE : Ending.RIGHT,
                    "",
                    true));
        }
        recording.add(new Band(
                "Gigya & co. away",
                start.plusSeconds(30),
                start.plusSeconds(33),
                start.plusSeconds(33),
                Optional.empty(),
                Pattern.compile("-")));
        recording.sample("heap, node 1", 100 << 20);
        recording.sample("threads, node 1", 100);
    }

    @Test
    void it_says_what_holds_and_tells_of_each_fault_and_door(@TempDir Path folder) throws Exception {
        page(Duration.ofMinutes(30)).writeTo(folder);

        assertThat(Files.readString(folder.resolve("soak.md")))
                .startsWith("# Soak\n\n0:59 minutes of load with faults, 60 attempts.")
                .doesNotContain("A trial", "does not hold")
                .containsPattern("no answer has the status 500 +\\| holds")
                .containsPattern("Gigya & co. away +\\| 0:30 \\| 0:33 .* 1000 ms")
                .containsPattern("door <1> +\\| 59 ")
                .contains("](images/soak-heap.svg)");
    }

    @Test
    void its_plots_are_xml_with_a_band_for_each_fault(@TempDir Path folder) throws Exception {
        page(Duration.ofMinutes(30)).writeTo(folder);

        try (var files = Files.list(folder.resolve("images"))) {
            assertThat(files.toList()).hasSize(5).allSatisfy(file -> {
                var svg = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile());
                assertThat(svg.getElementsByTagName("title").item(1).getTextContent())
                        .isEqualTo("Gigya & co. away");
                assertThat(svg.getElementsByTagName("path").getLength()).isPositive();
                assertThat(Files.readString(file)).doesNotContain("NaN", "Infinity");
            });
        }
    }

    @Test
    void it_says_what_does_not_hold_and_when() {
        recording.add(new Finding(Promise.NOBODY_LOST, recording.start().plusSeconds(61), "somebody is disabled"));

        assertThat(page(Duration.ofMinutes(30)).text())
                .containsPattern("at any look into the database +\\| \\*\\*does not hold\\*\\*, 1 times")
                .containsPattern("1:01 +\\| somebody is disabled");
    }

    @Test
    void a_short_one_is_a_trial() {
        assertThat(page(Duration.ofMinutes(3)).text()).contains("A trial");
    }

    @Test
    void what_a_node_takes_at_rest_may_grow_by_the_margin_and_no_more() {
        assertThat(new Footprint(127L << 20, 125, 67).outgrows(SMALL)).isFalse();
        assertThat(new Footprint(127L << 20, 125, 67).leaks(SMALL)).isEmpty();
        assertThat(new Footprint((127L << 20) + 1, 0, 0).outgrows(SMALL)).isTrue();
        assertThat(new Footprint(0, 126, 68).leaks(SMALL))
                .containsExactly("126 threads, and 100 at the start", "68 sockets, and 50 at the start");
    }

    private SoakPage page(Duration length) {
        var start = recording.start();
        var judge = new Judge(recording, start, start.plusSeconds(20), Set.of("door <1>"), Set.of("Gigya & co. away"));
        return new SoakPage(judge, length, "a machine", Map.of("node 1", SMALL), Map.of("node 1", SMALL));
    }
}
