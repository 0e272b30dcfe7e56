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
import java.util.Map;

/**
 * Reads the JSON objects of a token: no member twice, nothing behind the object, numbers exact. (Nimbus's own reader is
 * lenient, takes the last of two nested members and rounds fractions.)
 */
final class StrictJson {

    private static final ObjectReader OBJECT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
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
