package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.ApiDomain;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Authorises by the secret itself, which every {@link ApiDomain} takes over TLS only. */
final class SecretRequest extends RequestAuthorization {

    private final Optional<String> userKey;
    private final Secret secret;

    SecretRequest(Optional<String> userKey, Secret secret) {
        this.userKey = Objects.requireNonNull(userKey, "userKey");
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    @Override
    FormRequest authorize(FormRequest request, Instant now) {
        var identified = userKey.map(key -> request.with("userKey", key)).orElse(request);
        return identified.with("secret", secret.text());
    }

    @Override
    public String toString() {
        return "SecretRequest[userKey=" + userKey + "]";
    }
}
