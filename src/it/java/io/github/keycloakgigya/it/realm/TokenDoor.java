package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;

/** The doors of the token endpoint that are of the identity provider. */
public enum TokenDoor {
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange", "subject_token") {
        @Override
        public Form showing() {
            return Form.of("subject_token_type", "urn:ietf:params:oauth:token-type:id_token")
                    .and("subject_issuer", BrokeredRealm.ALIAS);
        }

        // RFC 8693, section 2.2.2.
        @Override
        void hasRefused(GrantAttempt attempt, Refusal refusal) {
            var error = switch (refusal) {
                case GIGYA_UNAVAILABLE -> "temporarily_unavailable";
                case GIGYA_MISCONFIGURED -> "server_error";
                default -> "invalid_request";
            };
            var status = switch (refusal) {
                case GIGYA_UNAVAILABLE -> 503;
                case GIGYA_MISCONFIGURED -> 500;
                default -> 400;
            };
            assertThat(answerOf(attempt).path("error").asText()).isEqualTo(error);
            assertThat(answerOf(attempt).path("error_description").asText()).isNotBlank();
            assertThat(attempt.answer().status()).isEqualTo(status);
            new AttemptEvents(attempt.posted(), attempt.events()).tellOnly(refusal, "TOKEN_EXCHANGE_ERROR");
        }
    },
    JWT_AUTHORIZATION_GRANT("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion") {
        @Override
        public Form showing() {
            return Form.empty();
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
    private final String parameter;

    TokenDoor(String grantType, String parameter) {
        this.grantType = grantType;
        this.parameter = parameter;
    }

    String grantType() {
        return grantType;
    }

    /** {@return the parameters that show a token at this door} */
    public Form showing(String token) {
        return Form.of(parameter, token).and(showing());
    }

    /** {@return what is posted besides the token} */
    public abstract Form showing();

    /** {@return the form of a page, as an app posts it} */
    Form forApps(Form ofPage) {
        var form = Form.empty();
        ofPage.parameters()
                .forEach(part ->
                        form.and(part.getKey().equals("id_token") ? parameter : part.getKey(), part.getValue()));
        return form;
    }

    /** Asserts that the answer and one event tell of the refusal. */
    abstract void hasRefused(GrantAttempt attempt, Refusal refusal);

    private static JsonNode answerOf(GrantAttempt attempt) {
        return Json.parse(attempt.answer().body());
    }
}
