package io.github.keycloakgigya.token;

import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How the token of a webhook's message writes the SHA-256 of the body. Gigya's documents don't say which way it is: one
 * recorded token has base64url, SAP's own receiver compares hexadecimal digits.
 */
public enum BodyDigest {
    /** 43 characters of base64url, without padding. */
    BASE64URL,
    /** 64 hexadecimal digits, in either letter case. */
    HEX;

    /**
     * {@return how a token names a body; empty where it was signed for another}
     *
     * @param token of kind {@link TokenKind#WEBHOOK}
     * @param body every byte of it, as received or unpacked
     */
    public static Optional<BodyDigest> of(VerifiedToken token, byte[] body) {
        var digest = Fingerprint.sha256(body);
        if (Base64.getUrlEncoder().withoutPadding().encodeToString(digest).equals(token.subject())) {
            return Optional.of(BASE64URL);
        }
        return HexFormat.of().formatHex(digest).equals(token.subject().toLowerCase(Locale.ROOT))
                ? Optional.of(HEX)
                : Optional.empty();
    }
}
