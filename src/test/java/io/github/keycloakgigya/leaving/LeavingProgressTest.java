package io.github.keycloakgigya.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress.Status;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeavingProgressTest {

    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void it_is_the_same_after_it_was_stored() {
        var tally = new LeavingTally();
        tally.add("ready", "pbkdf2");
        tally.add("ready", "pbkdf2");
        tally.add("inactive", "");
        tally.failed(3);
        var progress = new LeavingProgress(Status.STOPPED, START, START.plusSeconds(9), 9000, 6, 120, tally, "why");

        var memo = new LeavingMemo(true, progress, 4, tally, LeavingProgress.NONE);

        var stored = LeavingMemo.parse(memo.text()).progress();

        assertThat(LeavingMemo.parse(memo.text()).text()).isEqualTo(memo.text());
        assertThat(stored.started()).isEqualTo(START);
        assertThat(stored.status()).isEqualTo(Status.STOPPED);
        assertThat(stored.tally().counts())
                .isEqualTo(Map.of(
                        "ready",
                        new LeavingTally.Count(2, Map.of("pbkdf2", 2L)),
                        "inactive",
                        new LeavingTally.Count(1, Map.of())));
        assertThat(stored.tally().failed()).isEqualTo(3);
        assertThat(stored.reason()).isEqualTo("why");
    }

    @Test
    void a_run_of_before_there_were_previews_goes_on() {
        var memo = LeavingMemo.parse("{\"file\":false,\"count\":4,\"progress\":{\"status\":\"RUNNING\"}}");

        assertThat(memo.progress().status()).isEqualTo(Status.RUNNING);
        assertThat(memo.count()).isEqualTo(4);
        assertThat(memo.preview().status()).isEqualTo(Status.NONE);
    }

    @Test
    void what_cannot_be_read_says_that_there_was_none() {
        assertThat(LeavingMemo.parse("").progress().status()).isEqualTo(Status.NONE);
        assertThat(LeavingMemo.parse("?").progress().status()).isEqualTo(Status.NONE);
        assertThat(LeavingMemo.parse("{\"progress\":{\"status\":\"AWAY\"}}")
                        .progress()
                        .status())
                .isEqualTo(Status.NONE);
    }

    @Test
    void it_estimates_by_what_was_done_until_now() {
        var half = new LeavingProgress(Status.RUNNING, START, START, 10_000, 500, 1_500, new LeavingTally(), "");

        assertThat(half.perSecond()).isEqualTo(50);
        assertThat(half.secondsLeft()).isEqualTo(20);
        assertThat(half.with(Status.STOPPED, "").secondsLeft()).isZero();
        assertThat(LeavingProgress.begun(START).secondsLeft()).isEqualTo(-1);
        assertThat(LeavingProgress.NONE.perSecond()).isZero();
    }

    @Test
    void a_site_with_more_algorithms_than_anybody_has_fills_no_memory() {
        var tally = new LeavingTally();
        for (var kind = 0; kind < 1000; kind++) {
            tally.add("unsupported", "kind " + kind);
        }

        var count = tally.counts().get("unsupported");

        assertThat(count.count()).isEqualTo(1000);
        assertThat(count.by()).hasSize(101).containsEntry("others", 900L);
    }
}
