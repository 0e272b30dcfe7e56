package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.DataCenter;
import io.github.keycloakgigya.api.GigyaException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every forgery here is a real one: made as an attacker would make it, with real keys. */
class ForgedTokenTest extends VerifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", ""})
    void a_token_without_a_signature_is_refused(String none) {
        var unsigned = signIn().withHeader("alg", none).signedPart();

        assertThat(refusalOf(unsigned + ".", PROOF)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(unsigned, PROOF)).isEqualTo(TokenRule.MALFORMED);
        assertThat(refusalOf(unsigned + ".AA", PROOF)).isEqualTo(TokenRule.ALGORITHM);
    }

    @ParameterizedTest
    @MethodSource("publicKeyAsSecret")
    void an_hmac_with_the_public_key_as_secret_is_refused(byte[] secret) throws Exception {
        var signedPart = signIn().withHeader("alg", "HS256").signedPart();

        assertThat(refusalOf(signedPart + "." + hmac(signedPart, secret), PROOF))
                .isEqualTo(TokenRule.ALGORITHM);

        var saysRs256 = signIn().signedPart();
        assertThat(refusalOf(saysRs256 + "." + hmac(saysRs256, secret), PROOF)).isEqualTo(TokenRule.SIGNATURE);
    }

    static Stream<byte[]> publicKeyAsSecret() {
        var der = KEY.publicKey().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        var modulus = (String) KEY.jwk().get("n");
        return Stream.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                modulus.getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(modulus));
    }

    @Test
    void another_rsa_algorithm_of_the_right_key_is_refused() {
        var key = KEY.pair().getPrivate();

        assertThat(refusalOf(signIn().withHeader("alg", "RS384").signedBy("SHA384withRSA", key), PROOF))
                .isEqualTo(TokenRule.ALGORITHM);
        assertThat(refusalOf(signIn().withHeader("alg", "RS512").signedBy("SHA512withRSA", key), PROOF))
                .isEqualTo(TokenRule.ALGORITHM);
        assertThat(refusalOf(signIn().signedBy("SHA384withRSA", key), PROOF)).isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(signIn().signedBy("SHA1withRSA", key), PROOF)).isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void an_elliptic_curve_signature_is_refused() throws Exception {
        PrivateKey curve = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();

        assertThat(refusalOf(
                        signIn().withHeader("alg", "ES256").signedBy("SHA256withECDSAinP1363Format", curve), PROOF))
                .isEqualTo(TokenRule.ALGORITHM);
        assertThat(refusalOf(signIn().signedBy("SHA256withECDSAinP1363Format", curve), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void an_algorithm_is_refused_that_is_absent_or_no_text_or_written_otherwise() {
        assertThat(refusalOf(signIn().withoutHeader("alg").signed(), PROOF)).isEqualTo(TokenRule.ALGORITHM);
        for (var algorithm : List.of("rs256", "RS256 ", List.of("RS256"), 256, true)) {
            assertThat(refusalOf(signIn().withHeader("alg", algorithm).signed(), PROOF))
                    .isEqualTo(TokenRule.ALGORITHM);
        }
    }

    @Test
    void a_foreign_key_under_a_known_key_id_is_refused() {
        assertThat(refusalOf(signIn().signedBy(FOREIGN), PROOF)).isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void a_key_that_the_token_brings_along_or_points_to_is_refused() {
        var certificate = Base64.getEncoder().encodeToString(FOREIGN.publicKey().getEncoded());
        var headers = Map.of(
                "jwk", FOREIGN.jwk(),
                "jku", "https://evil.example/keys",
                "x5u", "https://evil.example/certificate",
                "x5c", List.of(certificate),
                "x5t", "dGh1bWJwcmludA",
                "x5t#S256", "dGh1bWJwcmludA");

        headers.forEach((member, value) -> {
            var token = signIn().withHeader(member, value);
            assertThat(refusalOf(token.signedBy(FOREIGN), PROOF)).as(member).isEqualTo(TokenRule.HEADER);
            assertThat(refusalOf(token.signed(), PROOF)).as(member).isEqualTo(TokenRule.HEADER);
            assertThat(refusalOf(token.withoutHeader("kid").signedBy(FOREIGN), PROOF))
                    .as(member)
                    .isEqualTo(TokenRule.HEADER);
        });
        assertThat(gigya.calls()).isZero();
    }

    @Test
    void extensions_of_jose_are_refused() {
        var headers = Map.of(
                "crit", List.of("exp"),
                "b64", false,
                "zip", "DEF",
                "enc", "A256GCM",
                "cty", "JWT",
                "typ", "at+jwt");

        headers.forEach((member, value) -> assertThat(
                        refusalOf(signIn().withHeader(member, value).signed(), PROOF))
                .as(member)
                .isEqualTo(TokenRule.HEADER));
    }

    @Test
    void a_token_that_names_no_key_or_two_keys_is_refused_unasked() {
        var tokens = List.of(
                signIn().withoutHeader("kid"),
                signIn().withHeader("kid", ""),
                signIn().withHeader("kid", 1),
                signIn().withHeader("kid", null),
                signIn().withHeader("kid", null).withHeader("keyid", KEY.id()),
                signIn().withHeader("kid", "k".repeat(257)),
                signIn().withHeader("keyid", "another"),
                signIn().withHeader("keyid", null));

        for (var token : tokens) {
            assertThat(refusalOf(token.signed(), PROOF)).as(token.headerJson()).isEqualTo(TokenRule.KEY_ID);
        }
        assertThat(gigya.calls()).isZero();
    }

    @Test
    void an_unknown_key_id_is_refused_after_one_refetch() throws Exception {
        verifier.verify(signIn().signed(), PROOF);

        assertThat(refusalOf(signIn().withHeader("kid", "unknown").signed(), PROOF))
                .isEqualTo(TokenRule.UNKNOWN_KEY);
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void a_changed_claim_is_refused() {
        var genuine = signIn().signed();
        var signature = genuine.substring(genuine.lastIndexOf('.'));

        assertThat(refusalOf(signIn().with("sub", "somebody-else").signedPart() + signature, PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(signIn().withHeader("dc", "eu1").signedPart() + signature, PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void a_token_of_another_site_is_refused() {
        assertThat(refusalOf(GigyaTokens.signIn(KEY, "3_other", UID, NOW).signed(), PROOF))
                .isEqualTo(TokenRule.ISSUER);
        assertThat(refusalOf(signIn().with("apiKey", "3_other").signed(), PROOF))
                .isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", "3_other").signed(), ANSWER))
                .isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", null).signed(), ANSWER)).isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", List.of(API_KEY)).signed(), ANSWER))
                .isEqualTo(TokenRule.API_KEY);
    }

    @Test
    void one_site_of_a_group_can_not_speak_in_the_name_of_another() {
        var group = TokenExpectation.proof(TokenKind.SIGN_IN, Set.of(API_KEY, "3_other"), Duration.ofSeconds(60));

        assertThat(refusalOf(signIn().with("apiKey", "3_other").signed(), group))
                .isEqualTo(TokenRule.API_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fidm.gigya.com/jwt//",
                "https://fidm.gigya.com/jwt/3_Ab-cd_EF01//",
                "https://fidm.gigya.com/jwt/3_Ab-cd_EF01/x",
                "https://fidm.gigya.com/jwt/3_AB-CD_EF01/",
                "https://fidm.us1.gigya.com/jwt/3_Ab-cd_EF01/",
                "http://fidm.gigya.com/jwt/3_Ab-cd_EF01/",
                "https://fidm.gigya.com/oidc/op/v1.0/3_Ab-cd_EF01",
                "3_Ab-cd_EF01",
                ""
            })
    void an_issuer_that_only_looks_alike_is_refused(String issuer) {
        assertThat(refusalOf(account().with("iss", issuer).signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
    }

    @Test
    void a_token_without_an_issuer_is_refused() {
        assertThat(refusalOf(account().without("iss").signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
        assertThat(refusalOf(account().with("iss", null).signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
    }

    @Test
    void the_key_of_one_domain_does_not_vouch_for_a_token_of_another() {
        var cache = new SigningKeyCache(clock);
        var ours = new KeyServer(ApiDomain.of(DataCenter.US1), KEY);
        var theirs = new KeyServer(ApiDomain.custom("login.evil.example"), FOREIGN, FOREIGN.named(KEY.id()));
        var forged = GigyaTokens.signIn(FOREIGN, API_KEY, UID, NOW);
        var theirSite = new GigyaTokenVerifier(cache.keysOf(theirs), clock);
        var ourSite = new GigyaTokenVerifier(cache.keysOf(ours), clock);

        assertThat(isTaken(theirSite, forged.signed())).isTrue();
        assertThat(isTaken(ourSite, forged.signed())).isFalse();
        assertThat(isTaken(ourSite, signIn().signedBy(FOREIGN))).isFalse();
        assertThat(isTaken(ourSite, signIn().signed())).isTrue();
    }

    @Test
    void a_webhook_token_is_refused_however_it_is_dressed_up() {
        var webhook = GigyaTokens.webhook(KEY, API_KEY, NOW);

        assertThat(refusalOf(webhook.signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.signed(), ANSWER)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.with("isLoggedIn", true).signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.with("jti", null).signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
    }

    @Test
    void one_kind_of_token_does_not_pass_for_the_other() {
        assertThat(refusalOf(account().signed(), PROOF)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(signIn().signed(), ANSWER)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(signIn().with("apiKey", API_KEY).signed(), ANSWER)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(account().without("apiKey").signed(), ANSWER)).isEqualTo(TokenRule.KIND);
    }

    @Test
    void a_sign_in_token_of_nobody_is_refused() {
        for (var loggedIn : Arrays.asList(false, "False", "false", "", "TRUE", "yes", 1, null, List.of(true))) {
            assertThat(refusalOf(signIn().with("isLoggedIn", loggedIn).signed(), PROOF))
                    .as("isLoggedIn %s", loggedIn)
                    .isEqualTo(TokenRule.NOT_SIGNED_IN);
        }
    }

    @Test
    void a_token_without_a_usable_uid_is_refused() {
        assertThat(refusalOf(signIn().without("sub").signed(), PROOF)).isEqualTo(TokenRule.SUBJECT);
        for (var uid :
                Arrays.asList("", "a\nb", "a\0", "a\u007F", "a\u0085", "x".repeat(1025), null, 1, List.of(UID))) {
            assertThat(refusalOf(signIn().with("sub", uid).signed(), PROOF)).isEqualTo(TokenRule.SUBJECT);
        }
    }

    @Test
    void a_uid_with_half_a_surrogate_pair_is_refused() {
        var payload = signIn().payloadJson().replace(UID, "a\\ud800");

        assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), payload, KEY), PROOF))
                .isEqualTo(TokenRule.SUBJECT);
    }

    @Test
    void an_answer_about_another_uid_is_refused() {
        for (var other : List.of("another", UID.toUpperCase(Locale.ROOT), UID + " ")) {
            assertThat(refusalOf(GigyaTokens.account(KEY, API_KEY, other, NOW).signed(), ANSWER))
                    .isEqualTo(TokenRule.OTHER_SUBJECT);
        }
    }

    @Test
    void times_that_are_no_whole_seconds_are_refused() {
        var now = NOW.getEpochSecond();
        for (var time : Arrays.asList(
                null, String.valueOf(now), now + 0.5, -1, Long.MAX_VALUE, BigInteger.TEN.pow(30), true, List.of(now))) {
            assertThat(refusalOf(account().with("iat", time).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
            assertThat(refusalOf(account().with("exp", time).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        }
        assertThat(refusalOf(account().without("iat").signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        assertThat(refusalOf(account().without("exp").signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        assertThat(refusalOf(account().with("exp", now).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
    }

    @Test
    void a_token_of_a_megabyte_is_refused_unread() {
        var huge = "a".repeat(1_000_000);

        assertThat(refusalOf(huge, PROOF)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(refusalOf(signIn().with("data.x", huge).signed(), PROOF)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(refusalOf(account().with("data.x", huge).signed(), ANSWER)).isEqualTo(TokenRule.TOO_LONG);
        assertThat(gigya.calls()).isZero();
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

    @Test
    void a_signature_that_is_equal_modulo_the_key_is_refused() {
        var token = signIn().signed();
        var signature = new BigInteger(1, Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
        var other = signature.add(KEY.publicKey().getModulus()).toByteArray();
        var zeros = new byte[257];
        System.arraycopy(fixed(signature, 256), 0, zeros, 1, 256);

        assertThat(refusalOf(signIn().signedPart() + "." + GigyaTokens.base64Url(other), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(signIn().signedPart() + "." + GigyaTokens.base64Url(zeros), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(signIn().signedPart() + ".AA", PROOF)).isEqualTo(TokenRule.SIGNATURE);
    }

    private static byte[] fixed(BigInteger number, int length) {
        var bytes = number.toByteArray();
        var fixed = new byte[length];
        int count = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - count, fixed, length - count, count);
        return fixed;
    }

    @Test
    void claims_are_not_looked_at_before_the_signature() {
        assertThat(refusalOf(
                        signIn().with("exp", 1).with("iat", 0).without("sub").signedBy(FOREIGN), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), "no json", FOREIGN.named(KEY.id())), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
    }

    private static boolean isTaken(GigyaTokenVerifier verifier, String token) {
        try {
            return verifier.verify(token, PROOF).uid().equals(UID);
        } catch (TokenRefusedException e) {
            return false;
        } catch (GigyaException e) {
            throw new AssertionError(e);
        }
    }

    private static String hmac(String signedPart, byte[] secret) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return GigyaTokens.base64Url(mac.doFinal(signedPart.getBytes(StandardCharsets.US_ASCII)));
    }
}
