package io.github.keycloakgigya.api.client;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;

/**
 * How a server shows Gigya that it may act for a site. Immutable and safe for use by several threads; no {@code
 * toString} shows a secret.
 */
public abstract sealed class RequestAuthorization permits SignedRequest, SecretRequest, BearerRequest {

    RequestAuthorization() {}

    /**
     * Signs each request with HMAC-SHA1; the secret is never sent.
     *
     * @param userKey the application or user key that the secret belongs to; empty for a partner secret
     * @param secret not null
     */
    public static RequestAuthorization signature(Optional<String> userKey, Secret secret) {
        return new SignedRequest(userKey, secret);
    }

    /**
     * Sends the secret with each request, over TLS.
     *
     * @param userKey the application or user key that the secret belongs to; empty for a partner secret
     * @param secret not null
     */
    public static RequestAuthorization secret(Optional<String> userKey, Secret secret) {
        return new SecretRequest(userKey, secret);
    }

    /**
     * Signs a JSON Web Token for each request, which goes into its {@code Authorization} header.
     *
     * @param userKey the application key
     * @param rsaKey the application's private key
     * @throws IllegalArgumentException where the key is not an RSA key of at least 2048 bits
     */
    public static RequestAuthorization bearer(String userKey, PrivateKey rsaKey) {
        return new BearerRequest(userKey, rsaKey);
    }

    /**
     * {@return the request with what authorises it, made for one attempt}
     *
     * @param now the time at Gigya
     */
    abstract FormRequest authorize(FormRequest request, Instant now);
}
