package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.inmemory.InMemoryKeycloak;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.cors.Cors;

class OAuthRefusalTest {

    @BeforeAll
    static void bring_what_makes_answers() {
        new InMemoryKeycloak();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "PROOF_INVALID          | invalid_grant           | 400 | The proof is not valid here",
                "PROOF_EXPIRED          | invalid_grant           | 400 | The proof has expired: get a new one",
                "PROOF_REPLAYED         | invalid_grant           | 400 | The proof was used before: get a new one",
                "ACCOUNT_NOT_FOUND      | invalid_grant           | 400 | The account does not exist any more",
                "ACCOUNT_DISABLED       | invalid_grant           | 400 | The account is disabled",
                "ACCOUNT_INCOMPLETE     | invalid_grant           | 400 | The account is not complete or not verified",
                "ACCOUNT_RELEASED       | invalid_grant           | 400 | The user signs in without Gigya now",
                "ACCOUNT_CONFLICT       | invalid_grant           | 400 | The account's name or address is somebody else's",
                "GIGYA_UNAVAILABLE      | temporarily_unavailable | 503 | Gigya can't be reached: try again later",
                "GIGYA_MISCONFIGURED    | server_error            | 500 | The sign-in is not set up correctly",
                "ANOTHER_USER           | invalid_grant           | 400 | The proof is not valid here",
                "ACCOUNT_OF_ANOTHER_USER | invalid_grant          | 400 | The account's name or address is somebody else's",
                "ALREADY_LINKED         | invalid_grant           | 400 | The account's name or address is somebody else's",
                "ESSENTIAL_CLAIM_MISSING | invalid_grant          | 400 | The account is not complete or not verified",
                "TOKEN_OF_ANOTHER_TYPE  | invalid_grant           | 400 | The subject_token_type has to be that of an ID token or of a JWT",
                "NO_GRANTS              | invalid_grant           | 400 | The identity provider takes no authorization grants",
                "LINK_ONLY              | invalid_grant           | 400 | The identity provider is there for linking only",
                "PASSWORD_LOCKED        | invalid_grant           | 400 | The account is locked for a while",
                "PASSWORD_INCOMPLETE    | invalid_grant           | 400 | The account is not complete or not verified",
                "PASSWORD_STEP_REQUIRED | invalid_grant           | 400 | The account needs a step that a password can't do",
                "PASSWORD_UNAVAILABLE   | temporarily_unavailable | 503 | The password can't be checked now",
                "PASSWORD_MISCONFIGURED | server_error            | 500 | The password check is not set up",
                "LOOK_UP_UNAVAILABLE    | temporarily_unavailable | 503 | The service that knows the user cannot be reached at the moment.",
                "LOOK_UP_MISCONFIGURED  | temporarily_unavailable | 503 | The service that knows the user cannot be reached at the moment."
            })
    void the_developer_of_an_app_reads_what_went_wrong(
            SignInError error, String oauthError, int status, String description) {
        var refusal = error.refusal();

        assertThat(refusal.error()).isEqualTo(oauthError);
        assertThat(refusal.description()).isEqualTo(description);
        assertThat(refusal.status().getStatusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void only_what_is_the_apps_fault_depends_on_how_the_app_shows_a_proof(SignInError error) {
        var asGrant = error.refusal();
        var asParameter = asGrant.ofRequest();

        assertThat(asParameter.error())
                .isEqualTo(asGrant.error().equals("invalid_grant") ? "invalid_request" : asGrant.error());
        assertThat(asParameter.description()).isEqualTo(asGrant.description());
        assertThat(asParameter.status()).isEqualTo(asGrant.status());
    }

    @Test
    void the_answer_is_oauths() {
        assertIsThatOfAnExpiredProof(SignInError.PROOF_EXPIRED.refusal().response());
    }

    @Test
    void a_script_of_another_origin_may_read_the_answer() {
        var cors = mock(Cors.class);
        when(cors.add(any(ResponseBuilder.class)))
                .thenAnswer(call -> call.<ResponseBuilder>getArgument(0).build());

        assertIsThatOfAnExpiredProof(
                SignInError.PROOF_EXPIRED.refusal().through(cors).getResponse());
        verify(cors).add(any(ResponseBuilder.class));
    }

    private static void assertIsThatOfAnExpiredProof(Response answer) {
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getEntity()).isInstanceOfSatisfying(OAuth2ErrorRepresentation.class, error -> {
            assertThat(error.getError()).isEqualTo("invalid_grant");
            assertThat(error.getErrorDescription()).isEqualTo("The proof has expired: get a new one");
        });
    }
}
