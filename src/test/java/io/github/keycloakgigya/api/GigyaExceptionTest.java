package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GigyaExceptionTest {

    @Test
    void what_is_learnt_later_is_added_and_nothing_is_lost() {
        var failure = GigyaException.answered(FailureKind.MISCONFIGURED, "another data center", 301001, "c1")
                .withRetryAfter(Duration.ofSeconds(7))
                .withDataCenter(DataCenter.EU1);

        assertThat(failure.kind()).isEqualTo(FailureKind.MISCONFIGURED);
        assertThat(failure).hasMessage("another data center");
        assertThat(failure.errorCode()).hasValue(301001);
        assertThat(failure.callId()).contains("c1");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.suggestedDataCenter()).contains(DataCenter.EU1);
        assertThat(failure.isTooLarge()).isFalse();
    }

    @Test
    void a_gigya_that_can_not_be_reached_has_said_nothing() {
        var failure = GigyaException.unavailable("no answer");

        assertThat(failure.errorCode()).isEmpty();
        assertThat(failure.callId()).isEmpty();
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure.suggestedDataCenter()).isEmpty();
        assertThat(failure.isTooLarge()).isFalse();
        assertThat(GigyaException.tooLarge("too much").isTooLarge()).isTrue();
    }
}
