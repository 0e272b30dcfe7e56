package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An attempt of an app to get tokens, and what came of it.
 *
 * @param posted what was posted
 * @param answer of the token endpoint
 * @param events the events that it caused
 * @param before the realm before it
 * @param after the realm after it
 */
record GrantAttempt(Form posted, Page answer, List<JsonNode> events, RealmState before, RealmState after) {

    /** Asserts that there are no tokens, that nothing has changed, and that one event and the answer say why. */
    GrantAttempt wasRefused(Refusal refusal) {
        changedNothing();
        wasTold(refusal);
        return this;
    }

    /** Asserts that there is no session, and that no user was added, changed or removed. */
    GrantAttempt changedNothing() {
        assertThat(after).as("users and sessions").isEqualTo(before);
        return this;
    }

    /** Asserts that there are no tokens, and that one event and the answer say why. */
    GrantAttempt wasTold(Refusal refusal) {
        var body = Json.parse(answer.body());
        assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("error", "error_description");
        assertThat(body.path("error").asText()).isEqualTo(oauthError(refusal));
        assertThat(body.path("error_description").asText()).isNotBlank();
        assertThat(answer.status()).isEqualTo(status(refusal));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var told = new AttemptEvents(posted, events);
        told.tellOnly(refusal);
        told.holdNothingOfTheProof();
        return this;
    }

    // RFC 6749, sections 5.2 and 4.1.2.1.
    private static String oauthError(Refusal refusal) {
        return switch (refusal) {
            case GIGYA_UNAVAILABLE -> "temporarily_unavailable";
            case GIGYA_MISCONFIGURED -> "server_error";
            default -> "invalid_grant";
        };
    }

    private static int status(Refusal refusal) {
        return switch (refusal) {
            case GIGYA_UNAVAILABLE -> 503;
            case GIGYA_MISCONFIGURED -> 500;
            default -> 400;
        };
    }
}
