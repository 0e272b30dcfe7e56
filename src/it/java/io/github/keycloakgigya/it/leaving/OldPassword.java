package io.github.keycloakgigya.it.leaving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that somebody chose at Gigya.
 *
 * @param typed what its owner types
 * @param stored the member {@code password} of the account
 */
record OldPassword(String typed, ObjectNode stored) {

    static final List<String> ALGORITHMS =
            List.of("pbkdf2", "pbkdf2_sha256", "pbkdf2_sha512", "bcrypt", "md5", "sha1", "sha256", "sha512");

    private static final Map<String, String> JAVA_NAMES = Map.of(
            "pbkdf2", "PBKDF2WithHmacSHA1",
            "pbkdf2_sha256", "PBKDF2WithHmacSHA256",
            "pbkdf2_sha512", "PBKDF2WithHmacSHA512",
            "md5", "MD5",
            "sha1", "SHA-1",
            "sha256", "SHA-256",
            "sha512", "SHA-512");

    private static final int ROUNDS = 3000;
    private static final int HASH_BITS = 160;

    // OpenBSD's example of "abc".
    private static final String BCRYPT = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

    static OldPassword of(String algorithm, String typed) {
        return switch (algorithm) {
            case "bcrypt" -> ofBcrypt();
            case "md5", "sha1", "sha256", "sha512" -> digest(algorithm, typed);
            default -> pbkdf2(algorithm, typed);
        };
    }

    /** {@return one that nobody but Gigya can check} */
    static OldPassword unsupported(String algorithm) {
        var stored = stored("bm9ib2R5IGtub3dz");
        settings(stored).put("algorithm", algorithm).put("rounds", 1);
        return new OldPassword("unknown", stored);
    }

    private static OldPassword ofBcrypt() {
        var stored = (ObjectNode) Json.parse("{\"created\": \"2020-05-25T11:40:22.353Z\"}");
        Secrets.remember("hash of an old password", BCRYPT);
        stored.put("compoundHashedPassword", BCRYPT);
        return new OldPassword("abc", stored);
    }

    private static OldPassword pbkdf2(String algorithm, String typed) {
        try {
            var salt = ("salt of " + typed).getBytes(StandardCharsets.UTF_8);
            var key = new PBEKeySpec(typed.toCharArray(), salt, ROUNDS, HASH_BITS);
            var hash = SecretKeyFactory.getInstance(JAVA_NAMES.get(algorithm))
                    .generateSecret(key)
                    .getEncoded();
            var stored = stored(base64(hash));
            settings(stored).put("algorithm", algorithm).put("rounds", ROUNDS).put("salt", base64(salt));
            return new OldPassword(typed, stored);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static OldPassword digest(String algorithm, String typed) {
        try {
            var salt = "pepper";
            var hash = MessageDigest.getInstance(JAVA_NAMES.get(algorithm))
                    .digest((typed + salt).getBytes(StandardCharsets.UTF_8));
            var stored = stored(base64(hash));
            settings(stored)
                    .put("algorithm", algorithm)
                    .put("rounds", 1)
                    .put("salt", salt)
                    .put("format", "$password$salt");
            return new OldPassword(typed, stored);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode stored(String hash) {
        Secrets.remember("hash of an old password", hash);
        return ((ObjectNode) Json.parse("{\"created\": \"2020-05-25T11:40:22.353Z\"}")).put("hash", hash);
    }

    private static ObjectNode settings(ObjectNode stored) {
        return stored.withObject("/hashSettings");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "OldPassword";
    }
}
