package io.github.keycloakgigya.api.client;

import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** Authorises by an HMAC-SHA1 signature over method, address and parameters. */
final class SignedRequest extends RequestAuthorization {

    private final Optional<String> userKey;
    private final Secret secret;
    private final UniqueId nonces = new UniqueId();

    SignedRequest(Optional<String> userKey, Secret secret) {
        this.userKey = Objects.requireNonNull(userKey, "userKey");
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    @Override
    FormRequest authorize(FormRequest request, Instant now) {
        var identified = userKey.map(key -> request.with("userKey", key)).orElse(request);
        var unsigned = identified
                .with("timestamp", Long.toString(now.getEpochSecond()))
                .with("nonce", nonces.next());
        var signature = secret.hmacSha1(unsigned.signatureBaseString().text());
        return unsigned.with("sig", Base64.getEncoder().encodeToString(signature));
    }

    @Override
    public String toString() {
        return "SignedRequest[userKey=" + userKey + "]";
    }
}
