package io.github.keycloakgigya.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The three parts of a compact JWS (RFC 7515, section 7.1), nothing of them believed yet.
 *
 * @param signedPart header and payload as they were signed, with the dot between them
 * @param signature the signature, as text
 */
record CompactJws(String signedPart, String signature) {

    static CompactJws parse(String token) throws TokenRefusedException {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        // No part is empty, and there is no fourth: an encrypted token has five.
        if (first < 1 || second < first + 2 || second == token.length() - 1 || token.indexOf('.', second + 1) > 0) {
            throw new TokenRefusedException(TokenRule.MALFORMED);
        }
        var jws = new CompactJws(token.substring(0, second), token.substring(second + 1));
        decode(jws.signature);
        return jws;
    }

    byte[] header() throws TokenRefusedException {
        return decode(signedPart.substring(0, signedPart.indexOf('.')));
    }

    byte[] payload() throws TokenRefusedException {
        return decode(signedPart.substring(signedPart.indexOf('.') + 1));
    }

    byte[] signedBytes() {
        return signedPart.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return base64url of the signed part's SHA-256; one token has one, however its signature is written} */
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(signedBytes());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Decodes base64url without padding, of which one content has one text: left-over bits must be zero. */
    private static byte[] decode(String part) throws TokenRefusedException {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Its message quotes the token.
        }
        throw new TokenRefusedException(TokenRule.MALFORMED);
    }
}
