package io.github.keycloakgigya.token;

import static io.github.keycloakgigya.token.GigyaTokens.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The token that comes along with a webhook's message: what it must be, and what is refused. */
class WebhookTokenTest extends VerifierTest {

    private static final byte[] BODY = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final TokenExpectation MESSAGE = TokenExpectation.webhook(API_KEY, Duration.ofHours(24));

    private static GigyaTokens message() {
        return GigyaTokens.webhook(KEY, API_KEY, BODY, NOW);
    }

    @Test
    void it_is_accepted_for_a_day_whatever_its_exp_says() throws Exception {
        var token = message().signed();

        assertThat(BodyDigest.of(verifier.verify(token, MESSAGE), BODY)).contains(BodyDigest.BASE64URL);
        clock.advance(Duration.ofHours(24));
        assertThat(BodyDigest.of(verifier.verify(token, MESSAGE), BODY)).contains(BodyDigest.BASE64URL);
        clock.advance(Duration.ofSeconds(121));
        assertThat(refusalOf(token, MESSAGE)).isEqualTo(TokenRule.TOO_OLD);
    }

    @Test
    void the_digest_may_be_written_in_hexadecimal_digits_as_well() throws Exception {
        var hex = HexFormat.of().formatHex(sha256(BODY));

        for (var digest : List.of(hex, hex.toUpperCase(Locale.ROOT))) {
            var verified = verifier.verify(message().with("sub", digest).signed(), MESSAGE);
            assertThat(BodyDigest.of(verified, BODY)).contains(BodyDigest.HEX);
        }
    }

    @Test
    void it_belongs_to_one_body_byte_by_byte() throws Exception {
        var verified = verifier.verify(message().signed(), MESSAGE);

        for (var other : List.of("", "{\"events\":[]} ", "{\"events\": []}", "{\"Events\":[]}")) {
            assertThat(BodyDigest.of(verified, other.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void it_is_refused(String what, String token, TokenRule broken) {
        assertThat(refusalOf(token, MESSAGE)).isEqualTo(broken);
    }

    static Stream<Arguments> it_is_refused() {
        var now = NOW.getEpochSecond();
        return Stream.of(
                row("empty", "", TokenRule.MALFORMED),
                row("an HMAC of version 1.x", "LHvk8hYCaaauV1gCBPm0m7YgSNo=", TokenRule.MALFORMED),
                row("encrypted", message().signed() + ".a.a", TokenRule.MALFORMED),
                row("without a signature", message().signedPart() + ".", TokenRule.MALFORMED),
                row("longer than any", message().with("x", "a".repeat(4_096)).signed(), TokenRule.TOO_LONG),
                row("unsigned", message().withHeader("alg", "none").signed(), TokenRule.ALGORITHM),
                row("signed by HS256", message().withHeader("alg", "HS256").signed(), TokenRule.ALGORITHM),
                row(
                        "bringing its key along",
                        message().withHeader("jwk", KEY.jwk()).signed(),
                        TokenRule.HEADER),
                row(
                        "naming where its key is",
                        message().withHeader("jku", "https://a.b").signed(),
                        TokenRule.HEADER),
                row("naming no key", message().withoutHeader("kid").signed(), TokenRule.KEY_ID),
                row(
                        "naming a key that is nobody's",
                        message().withHeader("kid", "x").signed(),
                        TokenRule.UNKNOWN_KEY),
                row("signed with another key", message().signedBy(FOREIGN), TokenRule.SIGNATURE),
                row("with another's signature", mixed(message(), message().with("jti", "2")), TokenRule.SIGNATURE),
                row("an answer of getJWT", account().signed(), TokenRule.KIND),
                row("a sign-in's", signIn().signed(), TokenRule.KIND),
                row("a sign-in's with an id", signIn().with("jti", "1").signed(), TokenRule.KIND),
                row("without an id", message().without("jti").signed(), TokenRule.KIND),
                row("with an id that is no text", message().with("jti", 1).signed(), TokenRule.KIND),
                row(
                        "of another site",
                        message().with("iss", "https://fidm.gigya.com/jwt/3_x/").signed(),
                        TokenRule.ISSUER),
                row(
                        "of another host",
                        message().with("iss", "https://a.b/jwt/" + API_KEY).signed(),
                        TokenRule.ISSUER),
                row("of no site", message().without("iss").signed(), TokenRule.ISSUER),
                row("naming two sites", message().with("apiKey", "3_x").signed(), TokenRule.API_KEY),
                row("for an audience", message().with("aud", "https://a.b").signed(), TokenRule.AUDIENCE),
                row("25 hours old", madeAt(now - 25 * 3_600), TokenRule.TOO_OLD),
                row("of five minutes ahead", madeAt(now + 300), TokenRule.FROM_THE_FUTURE),
                row("without a time", message().without("iat").signed(), TokenRule.TIMES),
                row("with a time in text", message().with("iat", "" + now).signed(), TokenRule.TIMES),
                row("ending before it begins", message().with("exp", now - 1).signed(), TokenRule.TIMES),
                row("about a person", message().with("sub", UID).signed(), TokenRule.BODY),
                row("about nothing", message().without("sub").signed(), TokenRule.BODY),
                row(
                        "with a padded digest",
                        message().with("sub", "a".repeat(43) + "=").signed(),
                        TokenRule.BODY),
                row(
                        "with two digests",
                        message().with("sub", List.of("a".repeat(43))).signed(),
                        TokenRule.BODY),
                row("with a SHA-1", message().with("sub", "a".repeat(40)).signed(), TokenRule.BODY));
    }

    @Test
    void whoever_makes_up_keys_brings_about_three_fetches_and_takes_none_from_gigyas_own_answers() {
        for (var i = 0; i < 50; i++) {
            assertThat(refusalOf(message().withHeader("kid", "made up " + i).signed(), MESSAGE))
                    .isEqualTo(TokenRule.UNKNOWN_KEY);
        }
        assertThat(gigya.calls()).isEqualTo(4);
        refusalOf(account().withHeader("kid", "another").signed(), ANSWER);
        assertThat(gigya.calls()).isEqualTo(5);
    }

    private static Arguments row(String what, String token, TokenRule broken) {
        return arguments(what, token, broken);
    }

    private static String madeAt(long issuedAt) {
        return message().with("iat", issuedAt).with("exp", issuedAt + 60).signed();
    }

    private static String mixed(GigyaTokens one, GigyaTokens other) {
        var signed = other.signed();
        return one.signedPart() + signed.substring(signed.lastIndexOf('.'));
    }
}
