package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
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
        assertThat(failure.error().messageKey()).isEqualTo("gigyaErrorAccountConflict");
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
    void at_a_password_the_same_failure_has_other_words() {
        var locked = GigyaException.answered(FailureKind.ACCOUNT_LOCKED, "locked", 403120, "call");

        assertThat(SignInException.of(locked).atPassword()).hasMessage("locked").hasCause(locked);
        assertThat(SignInException.of(locked).atPassword().error()).isEqualTo(SignInError.PASSWORD_LOCKED);
        assertThat(SignInException.of(locked).atPassword().error().messageKey()).isEqualTo("gigyaPasswordLocked");
        assertThat(SignInException.of(new SettingsException("gigyaKey")).atPassword())
                .hasMessage("gigyaKey[]")
                .extracting(SignInException::error)
                .isEqualTo(SignInError.PASSWORD_MISCONFIGURED);
    }

    @Test
    void what_is_no_failure_of_gigyas_is_the_same_at_a_password() {
        var conflict = SignInException.of(SignInError.ACCOUNT_CONFLICT, "why");

        assertThat(conflict.atPassword()).isSameAs(conflict);
    }

    @Test
    void a_failed_look_up_is_no_failure_of_an_account() {
        assertThat(SignInException.ofLookUp(OUTAGE).error()).isEqualTo(SignInError.LOOK_UP_UNAVAILABLE);
        assertThat(SignInException.ofLookUp(WRONG_SECRET).error()).isEqualTo(SignInError.LOOK_UP_MISCONFIGURED);
        assertThat(SignInException.ofLookUp(OUTAGE)).hasMessage("down").hasCause(OUTAGE);
    }

    @Test
    void a_token_that_is_too_old_is_not_called_a_forged_one() {
        assertThat(SignInException.of(refused(TokenRule.TOO_OLD)).error()).isEqualTo(SignInError.PROOF_EXPIRED);
        assertThat(SignInException.of(refused(TokenRule.SIGNATURE)).error()).isEqualTo(SignInError.PROOF_INVALID);
    }

    private static TokenRefusedException refused(TokenRule rule) {
        var refused = mock(TokenRefusedException.class);
        when(refused.rule()).thenReturn(rule);
        return refused;
    }

    @Test
    void settings_that_cannot_be_used_are_told_from_those_that_gigya_refused() {
        var unusable = SignInException.of(new SettingsException("gigyaKey", "a"));

        assertThat(unusable).hasMessage("gigyaKey[a]");
        assertThat(unusable.error()).isEqualTo(SignInError.GIGYA_MISCONFIGURED);
        assertThat(unusable.isOfUnusableSettings()).isTrue();
        assertThat(unusable.isRefusalOfSettings()).isFalse();
        assertThat(SignInException.of(WRONG_SECRET).isOfUnusableSettings()).isFalse();
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
