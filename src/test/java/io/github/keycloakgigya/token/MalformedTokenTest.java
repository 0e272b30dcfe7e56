package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that could mean two things, or nothing, or too much. */
class MalformedTokenTest extends VerifierTest {

    @Test
    void a_token_of_a_megabyte_is_refused_unread() {
        var huge = "a".repeat(1_000_000);

        assertThat(refusalOf(huge, PROOF)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(refusalOf(signIn().with("data.x", huge).signed(), PROOF)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(refusalOf(account().with("data.x", huge).signed(), ANSWER)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(gigya.calls()).isZero();
    }

    @Test
    void a_token_is_read_up_to_the_length_that_tokens_from_there_may_have() {
        assertThat(refusalOf("a".repeat(16 * 1024), PROOF)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf("a".repeat(16 * 1024 + 1), PROOF)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(refusalOf("a".repeat(256 * 1024), ANSWER)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf("a".repeat(256 * 1024 + 1), ANSWER)).isEqualTo(TokenRule.TOO_LONG);
    }

    @Test
    void a_key_id_is_looked_up_up_to_256_characters() {
        assertThat(refusalOf(signIn().withHeader("kid", "k".repeat(256)).signed(), PROOF))
                .isEqualTo(TokenRule.UNKNOWN_KEY);
        assertThat(refusalOf(signIn().withHeader("kid", "k".repeat(257)).signed(), PROOF))
                .isEqualTo(TokenRule.KEY_ID);
    }

    @Test
    void a_member_that_is_there_twice_is_refused() {
        var header = signIn().headerJson();
        var payload = signIn().payloadJson();

        assertThat(refusalOf(GigyaTokens.signed(doubled(header, "alg", "none"), payload, KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(GigyaTokens.signed(doubled(header, "kid", "x"), payload, KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(GigyaTokens.signed(header, doubled(payload, "sub", "x"), KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(GigyaTokens.signed(header, doubled(payload, "s\\u0075b", "x"), KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(
                        GigyaTokens.signed(header, payload.replace("{", "{\"data\":{\"a\":1,\"a\":2},"), KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
    }

    private static String doubled(String json, String member, String value) {
        return json.substring(0, json.length() - 1) + ",\"" + member + "\":\"" + value + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "1", "", "{", "{}{}", "{} x", "{'alg':'RS256'}", "{\"a\":NaN}"})
    void what_is_no_json_object_is_refused(String json) {
        assertThat(refusalOf(GigyaTokens.signed(json.isEmpty() ? " " : json, signIn().payloadJson(), KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), json.isEmpty() ? " " : json, KEY), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e2147483648", "1e-2147483648"})
    void a_number_beyond_all_numbers_is_refused(String number) {
        for (var json : List.of("{\"a\":" + number + "}", "{\"a\":[{\"b\":" + number + "}]}")) {
            assertThat(refusalOf(GigyaTokens.signed(json, signIn().payloadJson(), KEY), PROOF))
                    .isEqualTo(TokenRule.MALFORMED);
            assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), json, KEY), PROOF))
                    .isEqualTo(TokenRule.MALFORMED);
        }
    }

    @Test
    void json_of_another_encoding_or_endless_depth_is_refused() {
        var payload = GigyaTokens.base64Url(signIn().payloadJson());
        var utf16 = GigyaTokens.base64Url(signIn().headerJson().getBytes(StandardCharsets.UTF_16));
        var invalid = GigyaTokens.base64Url(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'});
        var deep = GigyaTokens.base64Url("{\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}");

        for (var header : List.of(utf16, invalid, deep)) {
            assertThat(refusalOf(header + "." + payload + ".AA", PROOF)).isEqualTo(TokenRule.MALFORMED);
        }
    }

    @Test
    void what_is_not_three_parts_of_base64url_is_refused() {
        var token = signIn().signed();
        var parts = token.split("\\.");

        for (var text : List.of(
                "",
                ".",
                "..",
                "...",
                "garbage",
                parts[0] + "." + parts[1],
                "." + parts[1] + "." + parts[2],
                parts[0] + ".." + parts[2],
                token + ".",
                "." + token,
                token + "." + parts[2],
                token + "." + parts[1] + "." + parts[2],
                token + " ",
                " " + token,
                token + "\n",
                token + "\0",
                token.replaceFirst("\\.", "\n."),
                parts[0] + "=." + parts[1] + "." + parts[2],
                "\uFF21" + token,
                "Bearer " + token)) {
            assertThat(refusalOf(text, PROOF)).as(text).isEqualTo(TokenRule.MALFORMED);
        }
    }

    @Test
    void a_signature_that_is_written_otherwise_is_refused_so_that_one_token_has_one_text() {
        var token = signIn().signed();
        var signature = token.substring(token.lastIndexOf('.') + 1);
        var signedPart = signIn().signedPart();
        char last = signature.charAt(signature.length() - 1);
        // The last character holds two bits of the signature and four that a lenient reader leaves out.
        var sameBits = signature.substring(0, signature.length() - 1) + (char) (last + 1);
        assertThat(Base64.getUrlDecoder().decode(sameBits))
                .isEqualTo(Base64.getUrlDecoder().decode(signature));

        assertThat(refusalOf(signedPart + "." + sameBits, PROOF)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(signedPart + "." + signature + "==", PROOF)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(signedPart + "." + signature.replace('-', '+').replace('_', '/'), PROOF))
                .isEqualTo(TokenRule.MALFORMED);
    }
}
