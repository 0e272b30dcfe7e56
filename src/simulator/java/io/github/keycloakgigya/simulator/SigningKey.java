package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.Map;

/** A key that tokens are signed with: RSA of 2048 bits, named by 54 characters. */
record SigningKey(String id, KeyPair pair) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static SigningKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new SigningKey(idOf(pair), pair);
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** The real ids are the base64url text of forty hexadecimal digits. */
    private static String idOf(KeyPair pair) throws GeneralSecurityException {
        var fingerprint =
                MessageDigest.getInstance("SHA-1").digest(pair.getPublic().getEncoded());
        return Base64URL.encode(HexFormat.of().withUpperCase().formatHex(fingerprint))
                .toString();
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    String sign(Map<String, ?> header, Map<String, ?> claims) {
        try {
            var input = encode(header) + "." + encode(claims);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Base64URL encode(Map<String, ?> members) throws JsonProcessingException {
        return Base64URL.encode(JSON.writeValueAsBytes(members));
    }

    ObjectNode jwk() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", id)
                .put("n", Base64URL.encode(publicKey().getModulus()).toString())
                .put("e", Base64URL.encode(publicKey().getPublicExponent()).toString());
    }
}
