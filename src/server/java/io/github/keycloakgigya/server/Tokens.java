package io.github.keycloakgigya.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The tokens that a client got for a person.
 *
 * @param accessToken a JWT
 * @param idToken a JWT
 * @param refreshToken a JWT
 */
public record Tokens(String accessToken, String idToken, String refreshToken) {

    public static Tokens of(JsonNode answer) {
        return new Tokens(
                answer.path("access_token").asText(),
                answer.path("id_token").asText(),
                answer.path("refresh_token").asText());
    }

    /** {@return the claims of the access token, which comes from Keycloak itself and is not verified} */
    public JsonNode accessClaims() {
        String payload = accessToken.split("\\.")[1];
        return Json.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    /** {@return the id of the Keycloak user} */
    public String subject() {
        return accessClaims().path("sub").textValue();
    }
}
