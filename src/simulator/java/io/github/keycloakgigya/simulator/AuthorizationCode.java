package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What a code, or the access token that it was exchanged for, stands for. */
record AuthorizationCode(Site site, AuthorizationRequest request, Account account, Instant authenticated) {

    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Refuses a client that it was not issued to, or that can't show what it asked with. */
    void checkExchange(OpenIdClient client, Parameters parameters) throws OAuthError {
        if (!client.equals(request.client())
                || !client.redirectUri()
                        .equals(parameters.optional("redirect_uri").orElse(""))
                || Instant.now().isAfter(authenticated.plus(LIFETIME))) {
            throw OAuthError.of("invalid_grant", "the code is not valid here");
        }
        var verifier = parameters.optional("code_verifier");
        if (request.codeChallenge().isPresent()
                && verifier.filter(text ->
                                challenge(text).equals(request.codeChallenge().get()))
                        .isEmpty()) {
            throw OAuthError.of("invalid_grant", "code_verifier does not fit");
        }
    }

    private static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
