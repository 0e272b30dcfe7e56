package io.github.keycloakgigya.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The three parts of a compact JWS (RFC 7515, section 7.1), as text, nothing of them believed yet.
 *
 * @param header of the token
 * @param payload of the token
 * @param signature over the two, with a dot between them
 */
record CompactJws(String header, String payload, String signature) {

    static CompactJws parse(String token) throws TokenRefusedException {
        // No part is empty, and there is no fourth: an encrypted token has five.
        var parts = token.split("\\.", 4);
        if (parts.length != 3 || Arrays.asList(parts).contains("")) {
            throw new TokenRefusedException(TokenRule.MALFORMED);
        }
        decode(parts[2]);
        return new CompactJws(parts[0], parts[1], parts[2]);
    }

    byte[] headerBytes() throws TokenRefusedException {
        return decode(header);
    }

    byte[] payloadBytes() throws TokenRefusedException {
        return decode(payload);
    }

    byte[] signedBytes() {
        return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return base64url of the signed part's SHA-256; one token has one, however its signature is written} */
    String fingerprint() {
        return Fingerprint.of(signedBytes());
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
