package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.token.GigyaTokenVerifier.TokenTimes;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * Verifies that a UID was signed by Gigya with a secret: HMAC-SHA1 over {@code <timestamp>_<UID>}. Safe for use by many
 * threads.
 *
 * <p>Signatures for browsers are made with the partner secret. With an application key, {@code
 * accounts.exchangeUIDSignature} comes first, and its answer is verified here.
 *
 * @see <a href="https://developers.gigya.com/display/GD/Class+SigUtils">SigUtils.validateUserSignature</a>
 */
public final class UidSignatureVerifier {

    // Of 20 bytes in Base64, with its padding.
    private static final int LENGTH = 28;

    private final Secret secret;
    private final Clock clock;

    /**
     * Makes a verifier for one site.
     *
     * @param secret what the signature is expected to be made with
     * @param clock tells the time that timestamps are held against
     */
    public UidSignatureVerifier(Secret secret, Clock clock) {
        this.secret = Objects.requireNonNull(secret, "secret");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Verifies a signature.
     *
     * @param signature as received
     * @param maxAge how long ago it may have been made; 120 seconds of skew are added, and allowed into the future
     * @return the UID, which is proven now
     * @throws TokenRefusedException where it breaks a rule
     */
    public Uid verify(UidSignature signature, Duration maxAge) throws TokenRefusedException {
        requireUsable(signature, maxAge);
        var made = secret.hmacSha1(
                signature.timestamp().getEpochSecond() + "_" + signature.uid().value());
        if (!MessageDigest.isEqual(made, decode(signature.signature()))) {
            throw new TokenRefusedException(TokenRule.SIGNATURE);
        }
        return signature.uid();
    }

    /**
     * Checks what can be checked without the secret that a signature was made with: its form and its age.
     *
     * @param maxAge as for {@link #verify}
     * @throws TokenRefusedException where it breaks a rule
     */
    public void requireUsable(UidSignature signature, Duration maxAge) throws TokenRefusedException {
        decode(signature.signature());
        TokenTimes.checkAge(signature.timestamp(), clock.instant(), maxAge);
    }

    /** Decodes standard Base64 with padding, of which one signature has one text: a second use can't look like new. */
    private static byte[] decode(String text) throws TokenRefusedException {
        try {
            if (text.length() == LENGTH) {
                var bytes = Base64.getDecoder().decode(text);
                if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                    return bytes;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Its message quotes the signature.
        }
        throw new TokenRefusedException(TokenRule.MALFORMED);
    }
}
