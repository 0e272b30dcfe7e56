package io.github.keycloakgigya.passwordhash;

import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.api.leaving.StoredPassword.SaltedFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.BCrypt;
import org.keycloak.models.credential.PasswordCredentialModel;

/** How a hash is made that Keycloak does not know, and what a credential holds of that. */
public enum LegacyHash {
    BCRYPT(HashAlgorithm.BCRYPT) {
        @Override
        byte[] of(String password, PasswordCredentialModel stored) {
            var rounds = stored.getPasswordCredentialData().getHashIterations();
            var salt = stored.getPasswordSecretData().getSalt();
            var hash = BCrypt.generate(terminated(password), salt, Integer.numberOfTrailingZeros(rounds));
            return Arrays.copyOf(hash, BCRYPT_BYTES);
        }

        @Override
        boolean isAvailable() {
            try {
                // Keycloak's distribution holds it, but for a server in FIPS mode.
                Class.forName("org.bouncycastle.crypto.generators.BCrypt", false, LegacyHash.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError missing) {
                return false;
            }
        }
    },
    MD5(HashAlgorithm.MD5),
    SHA1(HashAlgorithm.SHA1),
    SHA256(HashAlgorithm.SHA256),
    SHA512(HashAlgorithm.SHA512);

    /** What the names of algorithms begin with that this extension has to verify. */
    public static final String PREFIX = "gigya-";

    /** The member of a secret that tells what is hashed. No administrator is shown it: it may hold a pepper. */
    public static final String FORMAT = "format";

    private static final int BCRYPT_BYTES = 23;
    // Of a longer password every implementation hashes the beginning.
    private static final int BCRYPT_LONGEST = 72;

    private final HashAlgorithm algorithm;

    LegacyHash(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** {@return the id of the provider that verifies hashes of an algorithm that Keycloak does not know} */
    public static String idOf(HashAlgorithm algorithm) {
        return PREFIX + algorithm.id();
    }

    /** {@return the id of the provider that verifies these} */
    String id() {
        return idOf(algorithm);
    }

    /** {@return the hash of a password with the settings of a stored one} */
    byte[] of(String password, PasswordCredentialModel stored) throws GeneralSecurityException {
        var secret = stored.getPasswordSecretData();
        var format = Optional.ofNullable(secret.getAdditionalParameters().getFirst(FORMAT))
                .filter(SaltedFormat::isUsable)
                .orElseThrow(() -> new GeneralSecurityException("no format is stored"));
        var salt = secret.getSalt() == null ? "" : new String(secret.getSalt(), StandardCharsets.UTF_8);
        return digest().digest(new SaltedFormat(format).of(password, salt).getBytes(StandardCharsets.UTF_8));
    }

    /** {@return whether this server can make it} */
    boolean isAvailable() {
        try {
            digest();
            return true;
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }

    private MessageDigest digest() throws GeneralSecurityException {
        return MessageDigest.getInstance(name().replace("SHA", "SHA-"));
    }

    private static byte[] terminated(String password) {
        var bytes = password.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length + 1, BCRYPT_LONGEST));
    }
}
