package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignInErrorTest {

    @Test
    void events_name_errors_as_the_contract_does() {
        assertThat(Arrays.stream(SignInError.values()).map(SignInError::code).distinct())
                .containsExactlyInAnyOrder(
                        "proof_invalid",
                        "proof_expired",
                        "proof_replayed",
                        "account_not_found",
                        "account_disabled",
                        "account_incomplete",
                        "account_conflict",
                        "account_released",
                        "gigya_unavailable",
                        "gigya_misconfigured");
    }

    @ParameterizedTest
    @CsvSource({
        "PROOF_INVALID, proof_invalid, invalid_user_credentials, gigyaErrorProofInvalid",
        "PROOF_EXPIRED, proof_expired, expired_code, gigyaErrorProofExpired",
        "PROOF_REPLAYED, proof_replayed, invalid_user_credentials, gigyaErrorProofReplayed",
        "ACCOUNT_NOT_FOUND, account_not_found, user_not_found, gigyaErrorAccountNotFound",
        "ACCOUNT_DISABLED, account_disabled, user_disabled, gigyaErrorAccountDisabled",
        "ACCOUNT_INCOMPLETE, account_incomplete, resolve_required_actions, gigyaErrorAccountIncomplete",
        "ACCOUNT_CONFLICT, account_conflict, username_in_use, gigyaErrorAccountConflict",
        "ACCOUNT_RELEASED, account_released, not_allowed, gigyaErrorAccountReleased",
        "GIGYA_UNAVAILABLE, gigya_unavailable, identity_provider_error, gigyaErrorUnavailable",
        "GIGYA_MISCONFIGURED, gigya_misconfigured, invalid_config, gigyaErrorMisconfigured",
        "ANOTHER_USER, proof_invalid, invalid_user_credentials, gigyaErrorOtherAccount",
        "ACCOUNT_OF_ANOTHER_USER, account_conflict, username_in_use, gigyaErrorOtherAccount",
        "ALREADY_LINKED, account_conflict, username_in_use, gigyaErrorAlreadyLinked",
        "ESSENTIAL_CLAIM_MISSING, account_incomplete, resolve_required_actions, federatedIdentityUnmatchedEssentialClaimMessage",
        "PROOF_MISSING, proof_invalid, invalid_user_credentials, gigyaErrorProofInvalid",
        "TOKEN_OF_ANOTHER_TYPE, proof_invalid, invalid_user_credentials, gigyaErrorProofInvalid",
        "NO_GRANTS, proof_invalid, invalid_user_credentials, gigyaErrorProofInvalid",
        "LINK_ONLY, proof_invalid, invalid_user_credentials, gigyaErrorLinkOnly",
        "PASSWORD_LOCKED, account_disabled, user_temporarily_disabled, gigyaPasswordLocked",
        "PASSWORD_INCOMPLETE, account_incomplete, resolve_required_actions, gigyaPasswordIncomplete",
        "PASSWORD_STEP_REQUIRED, account_incomplete, resolve_required_actions, gigyaPasswordStepRequired",
        "PASSWORD_UNAVAILABLE, gigya_unavailable, identity_provider_error, gigyaErrorUnavailable",
        "PASSWORD_MISCONFIGURED, gigya_misconfigured, invalid_config, gigyaErrorMisconfigured",
        "LOOK_UP_UNAVAILABLE, gigya_unavailable, identity_provider_error, gigyaErrorUnavailable",
        "LOOK_UP_MISCONFIGURED, gigya_misconfigured, invalid_config, gigyaErrorMisconfigured"
    })
    void each_error_has_words_for_events_and_for_the_person(
            SignInError error, String code, String keycloaks, String messageKey) {
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.eventError()).isEqualTo(keycloaks);
        assertThat(error.messageKey()).isEqualTo(messageKey);
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_left_out_of_that_table(SignInError error) throws NoSuchMethodException {
        var table = SignInErrorTest.class.getDeclaredMethod(
                "each_error_has_words_for_events_and_for_the_person",
                SignInError.class,
                String.class,
                String.class,
                String.class);

        assertThat(table.getAnnotation(CsvSource.class).value()).anyMatch(row -> row.startsWith(error.name() + ","));
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

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_NOT_FOUND, ACCOUNT_NOT_FOUND",
        "ACCOUNT_DISABLED, ACCOUNT_DISABLED",
        "ACCOUNT_LOCKED, PASSWORD_LOCKED",
        "ACCOUNT_INCOMPLETE, PASSWORD_INCOMPLETE",
        "STEP_REQUIRED, PASSWORD_STEP_REQUIRED",
        "WRONG_CREDENTIALS, PASSWORD_UNAVAILABLE",
        "PROOF_REFUSED, PASSWORD_UNAVAILABLE",
        "UNAVAILABLE, PASSWORD_UNAVAILABLE",
        "MISCONFIGURED, PASSWORD_MISCONFIGURED"
    })
    void at_a_password_a_failure_of_a_call_never_means_a_bad_proof(FailureKind kind, SignInError error) {
        assertThat(SignInError.ofPassword(kind)).isEqualTo(error);
    }

    @ParameterizedTest
    @EnumSource
    void a_look_up_that_failed_says_nothing_of_an_account(FailureKind kind) {
        assertThat(SignInError.ofLookUp(kind))
                .isEqualTo(
                        kind == FailureKind.MISCONFIGURED
                                ? SignInError.LOOK_UP_MISCONFIGURED
                                : SignInError.LOOK_UP_UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void an_outage_and_wrong_settings_are_what_their_codes_say(SignInError error) {
        assertThat(error.isOutage()).isEqualTo(error.code().equals("gigya_unavailable"));
        assertThat(error.isMisconfiguration()).isEqualTo(error.code().equals("gigya_misconfigured"));
    }
}
