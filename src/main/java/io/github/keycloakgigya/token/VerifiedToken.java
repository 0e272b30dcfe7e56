package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A token that kept every rule.
 *
 * @param subject its {@code sub}, verbatim: the UID that it is about; of a webhook's, the digest of its body
 * @param issuedAt its {@code iat}
 * @param expiresAt its {@code exp}
 * @param claims all claims with their JSON types: {@code String}, {@code Boolean}, {@code Integer}, {@code Long},
 *     {@code BigInteger}, {@code BigDecimal}, {@code List}, {@code Map}, and null for JSON's null
 * @param fingerprint base64url of the SHA-256 of its signed part, by which a second use is recognised
 */
public record VerifiedToken(
        String subject, Instant issuedAt, Instant expiresAt, Map<String, Object> claims, String fingerprint) {

    public VerifiedToken {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(issuedAt, "issuedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** {@return the UID that it is about} Not of a webhook's, whose subject is none. */
    public Uid uid() {
        return new Uid(subject);
    }

    /** Leaves the subject and the claims out, so that no log shows them. */
    @Override
    public String toString() {
        return "VerifiedToken[issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + "]";
    }
}
