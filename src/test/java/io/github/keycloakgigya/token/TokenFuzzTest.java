package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import io.github.keycloakgigya.token.CompactJws.JoseHeader;
import io.github.keycloakgigya.token.CompactJws.StrictJson;
import io.github.keycloakgigya.token.GigyaTokenVerifier.GigyaClaims;
import io.github.keycloakgigya.token.SigningKey.KeySet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody posts in a token's place, or publishes in a key's, is taken or refused. */
class TokenFuzzTest extends VerifierTest {

    private static List<String> tokens() {
        return List.of(
                signIn().signed(), account().with("data.x", List.of(1, "a")).signed());
    }

    private static List<String> payloads() {
        return List.of(
                signIn().payloadJson(),
                account()
                        .with("nbf", NOW.getEpochSecond())
                        .with("aud", List.of("a"))
                        .payloadJson(),
                GigyaTokens.webhook(KEY, API_KEY, NOW).payloadJson());
    }

    @Test
    void a_token_is_verified_or_refused() {
        ForeignTexts.readAll(tokens(), token -> verifier.verify(token, PROOF), TokenRefusedException.class);
    }

    @Test
    void the_token_of_a_message_is_verified_or_refused() {
        var webhook = TokenExpectation.webhook(API_KEY, Duration.ofHours(24));
        ForeignTexts.readAll(
                List.of(GigyaTokens.webhook(KEY, API_KEY, NOW).signed()),
                token -> verifier.verify(token, webhook),
                TokenRefusedException.class);
        ForeignTexts.readAll(
                payloads(),
                json -> new GigyaClaims(StrictJson.object(utf8(json))).checkedAgainst(webhook, NOW, "fingerprint"),
                TokenRefusedException.class);
    }

    @Test
    void a_header_names_a_key_or_is_refused() {
        ForeignTexts.readAll(
                List.of(
                        signIn().headerJson(),
                        account().withHeader("keyid", KEY.id()).headerJson()),
                json -> JoseHeader.parse(utf8(json)),
                TokenRefusedException.class);
    }

    @Test
    void claims_that_gigya_signed_are_checked_or_refused_whatever_they_hold() {
        ForeignTexts.readAll(
                payloads(),
                json -> new GigyaClaims(StrictJson.object(utf8(json))).checkedAgainst(PROOF, NOW, "fingerprint"),
                TokenRefusedException.class);
        ForeignTexts.readAll(
                payloads(),
                json -> new GigyaClaims(StrictJson.object(utf8(json))).checkedAgainst(ANSWER, NOW, "fingerprint"),
                TokenRefusedException.class);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        ForeignTexts.readAll(
                payloads(),
                json -> StrictJson.object(json.getBytes(StandardCharsets.UTF_16LE)),
                TokenRefusedException.class);
        ForeignTexts.readAll(
                payloads(),
                json -> StrictJson.object(json.getBytes(StandardCharsets.ISO_8859_1)),
                TokenRefusedException.class);
    }

    @Test
    void a_set_of_keys_holds_a_usable_one_or_counts_as_an_outage() {
        var jwk = KEY.jwk();
        for (var member : jwk.keySet()) {
            ForeignTexts.readAll(
                    List.of(jwk.get(member).toString()),
                    text -> {
                        var changed = new HashMap<String, Object>(jwk);
                        changed.put(member, text);
                        KeySet.of(new PublicKeys(List.of(changed)), Instant.EPOCH);
                    },
                    GigyaException.class);
        }
        ForeignTexts.readAll(
                List.of("{\"kty\":\"RSA\",\"n\":\"" + jwk.get("n")
                        + "\",\"e\":\"AQAB\",\"kid\":\"k\",\"use\":\"sig\"}"),
                json -> {
                    var members = StrictJson.object(utf8(json));
                    members.values().removeIf(Objects::isNull);
                    KeySet.of(new PublicKeys(List.of(members, Map.of())), Instant.EPOCH);
                },
                GigyaException.class,
                TokenRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "a.", "=", "\0", "\uD83D"})
    void a_longer_token_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(length -> part.repeat(length / part.length()), token -> verifier.verify(token, ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"a\",", "\"\\u0041\",", "9", "1e9,", "\\", " "})
    void longer_json_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(
                length -> "{\"a\":[" + part.repeat(length / part.length()) + "0]}",
                json -> StrictJson.object(utf8(json)));
    }

    @Test
    void an_object_of_many_members_takes_no_more_than_its_share_of_the_time() {
        Growth.isLinear(TokenFuzzTest::manyMembers, json -> StrictJson.object(utf8(json)));
    }

    private static String manyMembers(int length) {
        var json = new StringBuilder("{\"m\":0");
        for (int member = 0; json.length() < length; member++) {
            json.append(",\"m").append(member).append("\":0");
        }
        return json.append('}').toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
