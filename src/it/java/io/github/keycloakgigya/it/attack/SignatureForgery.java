package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.token.GigyaTokens;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tokens with claims as they should be, which Gigya did not sign, or not so. All of them are {@code proof_invalid}. */
enum SignatureForgery implements Attack {
    ALG_NONE("says alg none and has an empty signature", f -> none(f, "none") + "."),
    ALG_NONE_WITHOUT_PART("says alg none and has no signature part", f -> none(f, "none")),
    ALG_NONE_IN_DISGUISE("says alg nOnE and has an empty signature", f -> none(f, "nOnE") + "."),
    ALG_NONE_WITH_SIGNATURE("says alg none and is signed by Gigya all the same", f -> header(f, "alg", "none")),
    ALG_MISSING("names no algorithm", f -> f.token().withoutHeader("alg").signed()),
    HS256_WITH_PEM("is an HMAC with Gigya's public key, PEM text, as secret", f -> hs256(f, ascii(f.publicKeyPem()))),
    HS256_WITH_DER(
            "is an HMAC with Gigya's public key, DER, as secret",
            f -> hs256(f, f.gigya().publicKey().getEncoded())),
    HS256_WITH_MODULUS_TEXT(
            "is an HMAC with the text of the published modulus as secret", f -> hs256(f, ascii(modulus(f)))),
    HS256_WITH_MODULUS(
            "is an HMAC with the published modulus as secret",
            f -> hs256(f, Base64.getUrlDecoder().decode(modulus(f)))),
    HS256_CALLED_RS256("is an HMAC that calls itself RS256", f -> Forger.hs256(f.token(), ascii(f.publicKeyPem()))),
    RS384("is signed by Gigya's key as RS384", f -> rsa(f, "RS384", "SHA384withRSA")),
    RS512("is signed by Gigya's key as RS512", f -> rsa(f, "RS512", "SHA512withRSA")),
    RS1("is signed by Gigya's key with SHA-1 and calls itself RS256", f -> rsa(f, "RS256", "SHA1withRSA")),
    PS256("is signed by Gigya's key as PS256", f -> f.ps256(f.token().withHeader("alg", "PS256"))),
    PS256_CALLED_RS256("is signed by Gigya's key as PS256 and calls itself RS256", f -> f.ps256(f.token())),
    ES256(
            "is signed by an elliptic curve's key as ES256",
            f -> f.token().withHeader("alg", "ES256").signedBy("SHA256withECDSAinP1363Format", curve())),
    FOREIGN_KEY("is signed by a foreign key under the id of Gigya's", f -> byForeignKey(f.token())),
    EMBEDDED_KEY("brings its key along (jwk)", f -> byForeignKey(f.token().withHeader("jwk", Forger.FOREIGN.jwk()))),
    EMBEDDED_KEY_ALONE(
            "brings its key along (jwk) and names no other",
            f -> byForeignKey(f.token().withoutHeader("kid").withHeader("jwk", Forger.FOREIGN.jwk()))),
    KEY_ADDRESS(
            "says where its key is (jku)", f -> byForeignKey(f.token().withHeader("jku", "https://evil.example/keys"))),
    CERTIFICATE("brings a certificate along (x5c)", f -> byForeignKey(f.token().withHeader("x5c", List.of("MIIB")))),
    CERTIFICATE_ADDRESS(
            "says where its certificate is (x5u)",
            f -> byForeignKey(f.token().withHeader("x5u", "https://evil.example/certificate"))),
    NO_KEY_ID("names no key", f -> f.token().withoutHeader("kid").signed()),
    EMPTY_KEY_ID("names a key by an empty id", f -> header(f, "kid", "")),
    LONG_KEY_ID("names a key by an id of 4,000 characters", f -> header(f, "kid", "k".repeat(4_000))),
    TWO_KEY_IDS("names two keys", f -> header(f, "keyid", "another")),
    CRITICAL_EXTENSION("demands an extension (crit)", f -> header(f, "crit", List.of("exp"))),
    NESTED("says that it is a token in a token (cty)", f -> header(f, "cty", "JWT")),
    COMPRESSED("says that it is compressed (zip)", f -> header(f, "zip", "DEF")),
    DETACHED("says that its payload is not encoded (b64)", f -> header(f, "b64", false)),
    OTHER_TYPE("says that it is an access token (typ)", f -> header(f, "typ", "at+jwt")),
    CHANGED_CLAIM("is another account's token with a changed claim", f -> {
        var own = f.token().with("sub", "attacker").signed();
        return f.token().signedPart() + own.substring(own.lastIndexOf('.'));
    }),
    CHANGED_HEADER("has a header that was changed after it was signed", f -> {
        var genuine = f.token().signed();
        return f.token().withHeader("dc", "eu1").signedPart() + genuine.substring(genuine.lastIndexOf('.'));
    }),
    TRUNCATED(
            "has half a signature",
            f -> f.token().signed().substring(0, f.token().signed().length() - 100)),
    FOUR_PARTS("has a fourth part", f -> f.token().signed() + ".AAAA"),
    ENCRYPTED("has the five parts of an encrypted token", f -> f.token().signed() + ".AAAA.AAAA"),
    JSON_FORM("is in the JSON form of a signed token", f -> {
        var parts = f.token().signed().split("\\.");
        return "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}".formatted(parts[0], parts[1], parts[2]);
    }),
    LEADING_SPACE("begins with a space", f -> " " + f.token().signed()),
    LINE_BREAK("ends with a line break", f -> f.token().signed() + "\r\n"),
    BEARER("begins with Bearer", f -> "Bearer " + f.token().signed()),
    PADDED("is padded as Base64 is", f -> f.token().signed() + "=="),
    TWICE("is there twice", f -> f.token().signed() + "," + f.token().signed()),
    DOTS("is nothing but dots", f -> ".."),
    NOTHING("is not there", f -> ""),
    NULL("is the word null", f -> "null"),
    CONTROL_CHARACTER("ends with a control character", f -> f.token().signed() + "\0"),
    NOT_JSON("holds no JSON", f -> GigyaTokens.signed(f.token().headerJson(), "no json", f.gigya())),
    CLAIM_TWICE(
            "names two accounts",
            f -> GigyaTokens.signed(
                    f.token().headerJson(),
                    f.token().payloadJson().replace("\"sub\"", "\"sub\":\"attacker\",\"sub\""),
                    f.gigya()));

    private final String what;
    private final Function<Forger, String> forge;

    SignatureForgery(String what, Function<Forger, String> forge) {
        this.what = what;
        this.forge = forge;
    }

    String forgedBy(Forger forger) {
        return forge.apply(forger);
    }

    @Override
    public Optional<String> excuse(Door door) {
        var isTidiedUp = this == LINE_BREAK || this == CONTROL_CHARACTER;
        return isTidiedUp && door.isOfProvider() && !door.hasPage()
                ? Optional.of("Keycloak 26.7 removes control characters there, and the token is good without them")
                : Attack.super.excuse(door);
    }

    @Override
    public Outcome outcome(Door door) {
        return Refusal.PROOF_INVALID;
    }

    @Override
    public void at(AttackScene scene) {
        var entrant = scene.realm().enter();
        var token = forgedBy(Forger.at(entrant, scene.realm()));
        outcome(scene.door()).of(scene.realm().attempt(entrant, Form.of("id_token", token)));
    }

    @Override
    public String toString() {
        return what;
    }

    private static String none(Forger f, String algorithm) {
        return f.token().withHeader("alg", algorithm).signedPart();
    }

    private static String header(Forger f, String member, Object value) {
        return f.token().withHeader(member, value).signed();
    }

    private static String hs256(Forger f, byte[] secret) {
        return Forger.hs256(f.token().withHeader("alg", "HS256"), secret);
    }

    private static String rsa(Forger f, String algorithm, String inJava) {
        return f.token()
                .withHeader("alg", algorithm)
                .signedBy(inJava, f.gigya().pair().getPrivate());
    }

    private static String byForeignKey(GigyaTokens token) {
        return token.signedBy(Forger.FOREIGN);
    }

    private static String modulus(Forger f) {
        return (String) f.gigya().jwk().get("n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static PrivateKey curve() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
