package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final VirtualTime time = new VirtualTime();
    private final BackOff backOff = new BackOff(time, time);

    @Test
    void each_pause_is_twice_as_long_as_the_one_before_up_to_half_a_minute() throws Exception {
        for (int i = 0; i < 9; i++) {
            backOff.after(failure());
        }

        assertThat(time.pauses().stream().map(Duration::toMillis))
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void gigya_is_left_alone_as_long_as_it_asks_for_but_never_shorter_than_otherwise() throws Exception {
        backOff.after(failure().withRetryAfter(Duration.ofSeconds(5)));
        backOff.after(failure().withRetryAfter(Duration.ofMillis(10)));

        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    @Test
    void no_wish_of_gigyas_makes_a_sync_wait_for_more_than_a_minute() throws Exception {
        backOff.after(failure().withRetryAfter(Duration.ofSeconds(60)));
        backOff.after(failure().withRetryAfter(Duration.ofHours(24)));

        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    @Test
    void patience_ends_with_the_failure_that_came_last() throws Exception {
        var last = failure();
        backOff.after(failure());
        time.pass(PATIENCE.minusMillis(501));
        backOff.after(failure());

        assertThatThrownBy(() -> backOff.after(last)).isSameAs(last);
        assertThat(time.pauses()).hasSize(2);
    }

    @Test
    void patience_ends_after_three_minutes_and_not_later() throws Exception {
        backOff.after(failure());
        time.pass(PATIENCE.minusMillis(500));

        assertThatThrownBy(() -> backOff.after(failure())).isInstanceOf(GigyaException.class);
    }

    @Test
    void a_success_begins_anew() throws Exception {
        backOff.after(failure());
        backOff.after(failure());
        backOff.succeeded();
        time.pass(PATIENCE);

        backOff.after(failure());

        assertThat(time.pauses()).last().isEqualTo(Duration.ofMillis(500));
    }

    private static GigyaException failure() {
        return GigyaException.answered(FailureKind.UNAVAILABLE, "throttled", 403048, "call");
    }
}
