package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.LeftOut.Note;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeftOutTest {

    @Test
    void each_reason_is_told_once_with_what_it_kept_from_running() {
        var notes = Stream.of(
                        new Note("there is no\n browser", "BrowserSignInIT", true),
                        new Note("no Docker daemon answers", "ContainerIT", true),
                        new Note("there is no browser", "SamplesIT", false),
                        new Note("there is no browser", "SamplesIT", false),
                        new Note("there is no browser", "OtherIT", false))
                .map(note -> note.line().strip())
                .toList();

        assertThat(LeftOut.report(notes))
                .containsExactly(
                        "Left out of this build's tests:",
                        "- BrowserSignInIT, SamplesIT (2 tests), OtherIT (1 test), because there is no browser",
                        "- ContainerIT, because no Docker daemon answers");
    }

    @Test
    void where_every_test_ran_nothing_is_said() {
        assertThat(LeftOut.report(List.of())).isEmpty();
    }
}
