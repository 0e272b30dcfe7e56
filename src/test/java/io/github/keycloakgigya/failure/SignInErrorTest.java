package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInErrorTest {

    @Test
    void events_name_errors_as_the_contract_does() {
        assertThat(Arrays.stream(SignInError.values()).map(SignInError::code))
                .containsExactlyInAnyOrder(
                        "proof_invalid",
                        "proof_expired",
                        "proof_replayed",
                        "account_not_found",
                        "account_disabled",
                        "account_incomplete",
                        "account_conflict",
                        "gigya_unavailable",
                        "gigya_misconfigured");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_NOT_FOUND, ACCOUNT_NOT_FOUND",
        "ACCOUNT_DISABLED, ACCOUNT_DISABLED",
        "ACCOUNT_LOCKED, ACCOUNT_DISABLED",
        "ACCOUNT_INCOMPLETE, ACCOUNT_INCOMPLETE",
        "STEP_REQUIRED, ACCOUNT_INCOMPLETE",
        "WRONG_CREDENTIALS, PROOF_INVALID",
        "PROOF_REFUSED, PROOF_INVALID",
        "UNAVAILABLE, GIGYA_UNAVAILABLE",
        "MISCONFIGURED, GIGYA_MISCONFIGURED"
    })
    void every_failure_of_a_call_is_an_error(FailureKind kind, SignInError error) {
        assertThat(SignInError.of(kind)).isEqualTo(error);
    }

    @Test
    void each_error_has_a_text_of_its_own_for_the_person() {
        assertThat(Arrays.stream(SignInError.values()).map(SignInError::messageKey))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("gigyaError"));
    }
}
