package io.github.keycloakgigya.token;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An RSA key that signs tokens in tests as Gigya would, and the JSON Web Key that Gigya would publish for it. */
public record GigyaKey(String id, KeyPair pair) {

    private static final Map<String, KeyPair> PAIRS = new LinkedHashMap<>();

    /** {@return the key of 2,048 bits with this id, always the same; another id has another key} */
    public static synchronized GigyaKey of(String id) {
        return new GigyaKey(id, PAIRS.computeIfAbsent(id, unknown -> KnownRsaKeys.number(PAIRS.size())));
    }

    static GigyaKey weak(String id) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1_024);
            return new GigyaKey(id, generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the same key under another id} */
    public GigyaKey named(String otherId) {
        return new GigyaKey(otherId, pair);
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    /** {@return what accounts.getJWTPublicKey publishes} */
    public Map<String, Object> jwk() {
        return Map.of(
                "kty",
                "RSA",
                "alg",
                "RS256",
                "use",
                "sig",
                "kid",
                id,
                "n",
                base64Url(publicKey().getModulus()),
                "e",
                base64Url(publicKey().getPublicExponent()));
    }

    static String base64Url(BigInteger number) {
        var bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
