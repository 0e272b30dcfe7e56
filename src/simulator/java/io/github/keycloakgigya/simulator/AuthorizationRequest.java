package io.github.keycloakgigya.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client sent a browser with: RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1, RFC 7636.
 *
 * @param client known to the site, and its redirect URI the one that is registered
 */
record AuthorizationRequest(OpenIdClient client, Parameters parameters) {

    /** Refuses what must not be answered by a redirect: nobody knows whether it is the client's. */
    static AuthorizationRequest of(Site site, Parameters parameters) throws OAuthError {
        var client = parameters
                .optional("client_id")
                .flatMap(site::openIdClient)
                .orElseThrow(() -> OAuthError.of("invalid_request", "unknown client_id"));
        if (!client.redirectUri().equals(parameters.optional("redirect_uri").orElse(""))) {
            throw OAuthError.of("invalid_request", "redirect_uri is not registered");
        }
        return new AuthorizationRequest(client, parameters);
    }

    /** Refuses what the client gets to know of. */
    void check() throws OAuthError {
        if (!parameters.optional("response_type").orElse("").equals("code")) {
            throw OAuthError.of("unsupported_response_type", "response_type must be code");
        }
        if (!scopes().contains("openid")) {
            throw OAuthError.of("invalid_scope", "scope must hold openid");
        }
        if (codeChallenge().isPresent()
                && !parameters.optional("code_challenge_method").orElse("plain").equals("S256")) {
            throw OAuthError.of("invalid_request", "code_challenge_method must be S256");
        }
    }

    Set<String> scopes() {
        return Arrays.stream(parameters.optional("scope").orElse("").split(" ")).collect(Collectors.toSet());
    }

    Optional<String> nonce() {
        return parameters.optional("nonce");
    }

    Optional<String> codeChallenge() {
        return parameters.optional("code_challenge");
    }

    boolean mayShowPage() {
        return !parameters.optional("prompt").orElse("").equals("none");
    }

    Answer refuse(OAuthError error) {
        return redirect(Map.of("error", error.code(), "error_description", error.getMessage()));
    }

    Answer redirect(Map<String, String> outcome) {
        var query = new LinkedHashMap<>(outcome);
        parameters.optional("state").ifPresent(state -> query.put("state", state));
        var separator = client.redirectUri().contains("?") ? "&" : "?";
        return Answer.redirect(client.redirectUri()
                + separator
                + query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
