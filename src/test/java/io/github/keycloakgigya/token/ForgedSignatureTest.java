package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that Gigya did not sign. Every forgery is a real one, made with real keys as an attacker would make it. */
class ForgedSignatureTest extends VerifierTest {

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
    void the_key_of_one_domain_does_not_vouch_for_a_token_of_another() {
        var cache = new SigningKeyCache(clock, CallObserver.NONE);
        var ours = new KeyServer(ApiDomain.of(DataCenter.US1), KEY);
        var theirs = new KeyServer(ApiDomain.custom("login.evil.example"), FOREIGN, FOREIGN.named(KEY.id()));
        var forged = GigyaTokens.signIn(FOREIGN, API_KEY, UID, NOW);
        var theirSite = new GigyaTokenVerifier(cache.keysOf(theirs, CallGate.OPEN), clock);
        var ourSite = new GigyaTokenVerifier(cache.keysOf(ours, CallGate.OPEN), clock);

        assertThat(isTaken(theirSite, forged.signed())).isTrue();
        assertThat(isTaken(ourSite, forged.signed())).isFalse();
        assertThat(isTaken(ourSite, signIn().signedBy(FOREIGN))).isFalse();
        assertThat(isTaken(ourSite, signIn().signed())).isTrue();
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

    private static boolean isTaken(GigyaTokenVerifier verifier, String token) {
        try {
            return verifier.verify(token, PROOF).subject().equals(UID);
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
