package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** How Gigya stores a password: a real hash by one of the algorithms that its documents name. */
public enum PasswordHash {
    PBKDF2,
    PBKDF2_SHA256,
    PBKDF2_SHA512,
    BCRYPT,
    MD5,
    SHA1,
    SHA256,
    SHA512,
    /** One that nobody else can verify, as far as the documents say. */
    DRUPAL;

    private static final int ROUNDS = 3000;
    private static final String TEXT_SALT = "wikipedia";

    /** Writes the members {@code hash} and {@code hashSettings}. */
    void write(String password, ObjectNode description) {
        var settings = description.putObject("hashSettings").put("algorithm", name().toLowerCase(Locale.ROOT));
        try {
            switch (this) {
                case PBKDF2 -> pbkdf2("PBKDF2WithHmacSHA1", 20, password, description, settings);
                case PBKDF2_SHA256 -> pbkdf2("PBKDF2WithHmacSHA256", 32, password, description, settings);
                case PBKDF2_SHA512 -> pbkdf2("PBKDF2WithHmacSHA512", 20, password, description, settings);
                case BCRYPT ->
                    description.put("hash", OpenBSDBCrypt.generate(password.toCharArray(), salt(password), 4));
                case MD5, SHA1, SHA256, SHA512 ->
                    digest(name().replace("SHA", "SHA-"), password, description, settings);
                case DRUPAL -> description.put("hash", base64(password.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void pbkdf2(String name, int bytes, String password, ObjectNode description, ObjectNode settings)
            throws GeneralSecurityException {
        var spec = new PBEKeySpec(password.toCharArray(), salt(password), ROUNDS, bytes * 8);
        description.put(
                "hash",
                base64(SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded()));
        settings.put("rounds", ROUNDS).put("salt", base64(salt(password)));
    }

    private static void digest(String name, String password, ObjectNode description, ObjectNode settings)
            throws GeneralSecurityException {
        var hashed = (password + TEXT_SALT).getBytes(StandardCharsets.UTF_8);
        description.put("hash", base64(MessageDigest.getInstance(name).digest(hashed)));
        settings.put("rounds", 1).put("salt", TEXT_SALT).put("format", "$password$salt");
    }

    // The same each time that an account is described, and another one for each password.
    private static byte[] salt(String password) throws GeneralSecurityException {
        return MessageDigest.getInstance("MD5").digest(password.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
