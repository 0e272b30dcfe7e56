package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** The doors of the token endpoint that are of the identity provider. */
enum TokenDoor {
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange") {
        @Override
        Form showing(String token) {
            return Form.of("subject_token", token)
                    .and("subject_token_type", "urn:ietf:params:oauth:token-type:id_token")
                    .and("subject_issuer", BrokeredRealm.ALIAS);
        }

        // RFC 8693, section 2.2.2.
        @Override
        void hasRefused(GrantAttempt attempt, Refusal refusal) {
            var error = refusal == Refusal.GIGYA_UNAVAILABLE ? "temporarily_unavailable" : "invalid_request";
            var status = refusal == Refusal.GIGYA_UNAVAILABLE ? 503 : 400;
            assertThat(answerOf(attempt).path("error").asText()).isEqualTo(error);
            assertThat(answerOf(attempt).path("error_description").asText()).isNotBlank();
            assertThat(attempt.answer().status()).isEqualTo(status);
            new AttemptEvents(attempt.posted(), attempt.events()).tellOnly(refusal, "TOKEN_EXCHANGE_ERROR");
        }
    },
    JWT_AUTHORIZATION_GRANT("urn:ietf:params:oauth:grant-type:jwt-bearer") {
        @Override
        Form showing(String token) {
            return Form.of("assertion", token);
        }

        // Keycloak has one error for all of them, and one detail of the event.
        @Override
        void hasRefused(GrantAttempt attempt, Refusal refusal) {
            var description = answerOf(attempt).path("error_description").asText();
            assertThat(answerOf(attempt).path("error").asText()).isEqualTo("invalid_grant");
            assertThat(description).startsWith(refusal.code() + ": ");
            assertThat(attempt.answer().status()).isEqualTo(400);
            assertThat(attempt.events()).singleElement().satisfies(event -> {
                assertThat(event.path("type").asText()).isIn("JWT_AUTHORIZATION_GRANT_ERROR", "LOGIN_ERROR");
                assertThat(event.at("/details/reason").asText()).isEqualTo(description);
                assertThat(event.has("userId")).isFalse();
            });
        }
    };

    private final String grantType;

    TokenDoor(String grantType) {
        this.grantType = grantType;
    }

    String grantType() {
        return grantType;
    }

    /** {@return the parameters that show a token at this door} */
    abstract Form showing(String token);

    /** Asserts that the answer and one event tell of the refusal. */
    abstract void hasRefused(GrantAttempt attempt, Refusal refusal);

    private static JsonNode answerOf(GrantAttempt attempt) {
        return Json.parse(attempt.answer().body());
    }
}
