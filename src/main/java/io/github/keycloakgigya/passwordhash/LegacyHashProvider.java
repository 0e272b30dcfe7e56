package io.github.keycloakgigya.passwordhash;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.ModelException;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Verifies passwords of one algorithm, and hashes none. A realm's policy that names the algorithm therefore gets nowhere:
 * Keycloak asks the policy's provider for a new hash, and shows what it says where there is none.
 */
final class LegacyHashProvider implements PasswordHashProvider {

    private static final Logger LOG = Logger.getLogger(LegacyHashProvider.class);

    private final LegacyHash hash;

    LegacyHashProvider(LegacyHash hash) {
        this.hash = hash;
    }

    @Override
    public boolean verify(String rawPassword, PasswordCredentialModel credential) {
        try {
            var stored = Base64.getDecoder()
                    .decode(credential.getPasswordSecretData().getValue());
            return stored.length > 0 && MessageDigest.isEqual(stored, hash.of(rawPassword, credential));
        } catch (GeneralSecurityException | RuntimeException | LinkageError unusable) {
            // Keycloak would log the whole exception, and its text may quote what is stored.
            LOG.warnf(
                    "A password of algorithm %s can't be verified on this server: %s",
                    LegacyHashes.idOf(hash.algorithm()), unusable.getClass().getSimpleName());
            return false;
        }
    }

    /** {@return false} None is what a policy could want. */
    @Override
    public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel credential) {
        return false;
    }

    /** @throws ModelException always */
    @Override
    public PasswordCredentialModel encodedCredential(String rawPassword, int iterations) {
        throw noHash();
    }

    /** @throws ModelException always */
    @Override
    @Deprecated
    public String encode(String rawPassword, int iterations) {
        throw noHash();
    }

    private ModelException noHash() {
        return new ModelException("The algorithm " + LegacyHashes.idOf(hash.algorithm())
                + " only verifies passwords that came from Gigya. Choose another one in the realm's password policy.");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
