package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OAuthRefusalTest {

    @ParameterizedTest
    @CsvSource({
        "PROOF_REPLAYED, invalid_grant, invalid_request, 400",
        "ACCOUNT_DISABLED, invalid_grant, invalid_request, 400",
        "GIGYA_UNAVAILABLE, temporarily_unavailable, temporarily_unavailable, 503",
        "GIGYA_MISCONFIGURED, server_error, server_error, 500"
    })
    void only_what_is_the_apps_fault_depends_on_how_the_app_shows_a_proof(
            SignInError error, String asGrant, String asParameter, int status) {
        var refusal = OAuthRefusal.of(error);

        assertThat(refusal.error()).isEqualTo(asGrant);
        assertThat(refusal.ofRequest().error()).isEqualTo(asParameter);
        assertThat(refusal.ofRequest().status().getStatusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void each_error_is_described(SignInError error) {
        assertThat(OAuthRefusal.of(error).description()).isNotBlank();
        assertThat(OAuthRefusal.of(error).ofRequest().description())
                .isEqualTo(OAuthRefusal.of(error).description());
    }
}
