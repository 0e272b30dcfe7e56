package io.github.keycloakgigya.passwordhash;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Verifies passwords of one algorithm, and hashes none. Where a realm's policy names the algorithm all the same, which
 * Keycloak lets it, new passwords are hashed by the provider that the server uses where no policy names any.
 */
final class LegacyHashProvider implements PasswordHashProvider {

    private static final Logger LOG = Logger.getLogger(LegacyHashProvider.class);

    // Theirs, whatever the policy says of rounds: it says so of another algorithm.
    private static final int ROUNDS_OF_PROVIDER = -1;

    private final LegacyHash hash;
    private final KeycloakSession session;

    LegacyHashProvider(LegacyHash hash, KeycloakSession session) {
        this.hash = hash;
        this.session = session;
    }

    /** {@inheritDoc} A wrong password takes as long as a right one, which Keycloak hashes anew, and as a name of nobody. */
    @Override
    public boolean verify(String rawPassword, PasswordCredentialModel credential) {
        var isRight = isRight(rawPassword, credential);
        if (!isRight) {
            spendTime(rawPassword);
        }
        return isRight;
    }

    private boolean isRight(String rawPassword, PasswordCredentialModel credential) {
        try {
            var stored = Base64.getDecoder()
                    .decode(credential.getPasswordSecretData().getValue());
            return stored.length > 0 && MessageDigest.isEqual(stored, hash.of(rawPassword, credential));
        } catch (GeneralSecurityException | RuntimeException | LinkageError unusable) {
            // Keycloak would log the whole exception, and its text may quote what is stored.
            LOG.warnf(
                    "A password of algorithm %s can't be verified on this server: %s",
                    hash.id(), unusable.getClass().getSimpleName());
            return false;
        }
    }

    private void spendTime(String rawPassword) {
        try {
            var policy = session.getContext().getRealm().getPasswordPolicy();
            var ofPolicy = policy.getHashAlgorithm() == null
                    ? null
                    : session.getProvider(PasswordHashProvider.class, policy.getHashAlgorithm());
            (ofPolicy == null ? ofServer() : ofPolicy).encodedCredential(rawPassword, policy.getHashIterations());
        } catch (RuntimeException unusable) {
            LOG.debugf("No time is spent on a wrong password: %s", unusable.getClass());
        }
    }

    /** {@return whether a password is hashed as new ones are where a policy names this algorithm} */
    @Override
    public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel credential) {
        return session.getKeycloakSessionFactory()
                .getProviderFactory(PasswordHashProvider.class)
                .getId()
                .equals(credential.getPasswordCredentialData().getAlgorithm());
    }

    /** {@return a hash of the server's own provider} */
    @Override
    public PasswordCredentialModel encodedCredential(String rawPassword, int iterations) {
        return ofServer().encodedCredential(rawPassword, ROUNDS_OF_PROVIDER);
    }

    /** {@return a hash of the server's own provider} */
    @Override
    @Deprecated
    public String encode(String rawPassword, int iterations) {
        return ofServer().encode(rawPassword, ROUNDS_OF_PROVIDER);
    }

    /** @throws ModelException where the operator has made one of these the server's own */
    private PasswordHashProvider ofServer() {
        var ofServer = session.getProvider(PasswordHashProvider.class);
        if (ofServer instanceof LegacyHashProvider) {
            throw new ModelException("The algorithm " + hash.id()
                    + " only verifies passwords that came from Gigya. Choose another provider for the server.");
        }
        return ofServer;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
