package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A UID with the signature that Gigya gave a browser for it.
 *
 * @param uid the UID
 * @param signature the Base64 text of an HMAC-SHA1, as received
 * @param timestamp when it was signed, in whole seconds
 */
public record UidSignature(Uid uid, String signature, Instant timestamp) {

    public UidSignature {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** Leaves the signature out, so that no log shows it. */
    @Override
    public String toString() {
        return "UidSignature[timestamp=" + timestamp + "]";
    }
}
