package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import org.junit.jupiter.api.Test;

class SignInExceptionTest {

    private static final GigyaException OUTAGE = GigyaException.unavailable("down");
    private static final GigyaException WRONG_SECRET =
            GigyaException.answered(FailureKind.MISCONFIGURED, "wrong secret", 403003, "call");

    @Test
    void a_failure_of_ours_has_the_text_of_its_kind_and_no_call_behind_it() {
        var failure = SignInException.of(SignInError.ACCOUNT_CONFLICT, "why");

        assertThat(failure).hasMessage("why").hasNoCause();
        assertThat(failure.error()).isEqualTo(SignInError.ACCOUNT_CONFLICT);
        assertThat(failure.messageKey()).isEqualTo("gigyaErrorAccountConflict");
        assertThat(failure.gigyaFailure()).isEmpty();
    }

    @Test
    void a_failed_call_stays_known() {
        var failure = SignInException.of(OUTAGE);

        assertThat(failure).hasMessage("down");
        assertThat(failure.error()).isEqualTo(SignInError.GIGYA_UNAVAILABLE);
        assertThat(failure.gigyaFailure()).contains(OUTAGE);
    }

    @Test
    void a_person_may_be_told_something_more_exact_about_the_same_failure() {
        var failure = SignInException.of(OUTAGE).saying("gigyaOther");

        assertThat(failure.messageKey()).isEqualTo("gigyaOther");
        assertThat(failure).hasMessage("down").hasCause(OUTAGE);
        assertThat(failure.error()).isEqualTo(SignInError.GIGYA_UNAVAILABLE);
    }

    @Test
    void only_what_gigya_refused_because_of_the_settings_is_for_an_administrator_to_mend_there() {
        assertThat(SignInException.of(WRONG_SECRET).isRefusalOfSettings()).isTrue();
        assertThat(SignInException.of(OUTAGE).isRefusalOfSettings()).isFalse();
        assertThat(SignInException.of(SignInError.GIGYA_MISCONFIGURED, "no such federation")
                        .isRefusalOfSettings())
                .isFalse();
    }
}
