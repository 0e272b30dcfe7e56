package io.github.keycloakgigya.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

    /**
     * The header of a token, of which one thing is taken: the name of the key.
     *
     * @param keyId the {@code kid}, which is opaque
     */
    record JoseHeader(String keyId) {

        // Extensions that change what is signed, and every way but kid to name or bring along a key (RFC 7515, section
        // 4.1; RFC 7797). Other members don't matter: Gigya added one (dc) without notice.
        private static final Set<String> FORBIDDEN =
                Set.of("crit", "b64", "zip", "enc", "cty", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256");

        private static final int LONGEST_KEY_ID = 256;

        static JoseHeader parse(byte[] json) throws TokenRefusedException {
            var members = StrictJson.object(json);
            if (!"RS256".equals(members.get("alg"))) {
                throw new TokenRefusedException(TokenRule.ALGORITHM);
            }
            if (members.keySet().stream().anyMatch(FORBIDDEN::contains)
                    || members.containsKey("typ") && !"JWT".equals(members.get("typ"))) {
                throw new TokenRefusedException(TokenRule.HEADER);
            }
            return new JoseHeader(keyIdOf(members));
        }

        private static String keyIdOf(Map<String, Object> members) throws TokenRefusedException {
            // Tokens of 2017 and 2018 name their key in keyid, those until 2021 in both, later ones in kid.
            var keyId = members.getOrDefault("kid", members.get("keyid"));
            if (keyId instanceof String text
                    && !text.isEmpty()
                    && text.length() <= LONGEST_KEY_ID
                    && Objects.equals(keyId, members.getOrDefault("keyid", keyId))) {
                return text;
            }
            throw new TokenRefusedException(TokenRule.KEY_ID);
        }
    }

    /**
     * Reads the JSON objects of a token: no member twice, nothing behind the object, numbers exact. (Nimbus's own reader is
     * lenient, takes the last of two nested members and rounds fractions.)
     */
    static final class StrictJson {

        private static final ObjectReader OBJECT = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(64)
                                .build())
                        // Names of members come from anybody; they must not fill a table that outlives the token.
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readerFor(new TypeReference<Map<String, Object>>() {});

        private StrictJson() {}

        /** {@return the members of an object, in their order} */
        static Map<String, Object> object(byte[] utf8) throws TokenRefusedException {
            try {
                // Decoded first: from bytes, Jackson would guess other encodings than UTF-8 (RFC 7519, section 7.2).
                var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
                Map<String, Object> members = OBJECT.readValue(text.toString());
                if (members != null) {
                    return members;
                }
            } catch (IOException | NumberFormatException notJson) {
                // Its message quotes the token. Jackson lets out what BigDecimal says of an exponent beyond its range.
            }
            throw new TokenRefusedException(TokenRule.MALFORMED);
        }
    }
}
