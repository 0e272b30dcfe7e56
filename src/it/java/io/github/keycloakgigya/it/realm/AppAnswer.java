package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Page;

/**
 * What the token endpoint answers to an app that it gives no tokens.
 *
 * @param page the answer
 */
public record AppAnswer(Page page) {

    /** Asserts that it says why, as RFC 6749 has it. */
    public void tells(Refusal refusal) {
        var body = Json.parse(page.body());
        assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("error", "error_description");
        assertThat(body.path("error").asText()).isEqualTo(error(refusal));
        assertThat(body.path("error_description").asText()).isNotBlank();
        assertThat(page.status()).isEqualTo(status(refusal));
        assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }

    // RFC 6749, sections 5.2 and 4.1.2.1.
    private static String error(Refusal refusal) {
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
