package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import io.github.keycloakgigya.passwordhash.LegacyHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.dto.PasswordCredentialData;
import org.keycloak.models.credential.dto.PasswordSecretData;
import org.keycloak.util.JsonSerialization;

/**
 * A password of an account that waits for its user to leave Gigya: a credential whose type nobody in Keycloak knows, so
 * that it lets nobody in, expires for nobody and is asked of nobody. As one of Keycloak's own it would: by another setting
 * of who checks passwords, and by the realm's policy for old ones, to which people could only answer at Gigya.
 */
final class WaitingPassword {

    static final String TYPE = "gigya-password";

    /** The member of a credential that tells where it is from. Keycloak drops it where it hashes a password anew. */
    private static final String ORIGIN = "gigya";

    private WaitingPassword() {}

    /** {@return what waits for a user} */
    static Optional<CredentialModel> of(UserModel user) {
        return ofType(user, TYPE).findFirst();
    }

    /** {@return the passwords of Keycloak's own} */
    static Stream<CredentialModel> ownOf(UserModel user) {
        return ofType(user, PasswordCredentialModel.TYPE);
    }

    private static Stream<CredentialModel> ofType(UserModel user, String type) {
        return user.credentialManager().getStoredCredentialsByTypeStream(type);
    }

    /** {@return the id of the provider that verifies hashes of an algorithm} */
    static String provider(HashAlgorithm algorithm) {
        return switch (algorithm) {
            case PBKDF2 -> "pbkdf2";
            case PBKDF2_SHA256 -> "pbkdf2-sha256";
            case PBKDF2_SHA512 -> "pbkdf2-sha512";
            case BCRYPT, MD5, SHA1, SHA256, SHA512 -> LegacyHash.idOf(algorithm);
        };
    }

    /** {@return whether this server can verify hashes of an algorithm} In FIPS mode it can't verify all. */
    static boolean isVerifiable(HashAlgorithm algorithm, KeycloakSession session) {
        return session.getKeycloakSessionFactory().getProviderFactory(PasswordHashProvider.class, provider(algorithm))
                != null;
    }

    /** {@return what is to be stored of a hash} */
    static CredentialModel of(Hashed password, Instant created) {
        var secret = new PasswordSecretData(password.hash(), Base64.getDecoder().decode(password.salt()));
        if (password.by().isPlainDigest()) {
            secret.getAdditionalParameters().putSingle(LegacyHash.FORMAT, password.format());
        }
        return of(
                new PasswordCredentialData(password.rounds(), provider(password.by()), Map.of()),
                secret,
                created,
                PasswordFate.TRANSFERRED);
    }

    private static CredentialModel of(
            PasswordCredentialData data, PasswordSecretData secret, Instant created, PasswordFate origin) {
        var parameters = new MultivaluedHashMap<String, String>(data.getAdditionalParameters());
        parameters.putSingle(ORIGIN, origin.id());
        var credential = new CredentialModel();
        credential.setType(TYPE);
        credential.setCreatedDate(created.toEpochMilli());
        try {
            credential.setCredentialData(JsonSerialization.writeValueAsString(
                    new PasswordCredentialData(data.getHashIterations(), data.getAlgorithm(), parameters)));
            credential.setSecretData(JsonSerialization.writeValueAsString(secret));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return credential;
    }

    /** {@return what is to be stored of a password that Keycloak hashed} */
    static CredentialModel captured(PasswordCredentialModel hashed, Instant created) {
        return of(hashed.getPasswordCredentialData(), hashed.getPasswordSecretData(), created, PasswordFate.CAPTURED);
    }

    /** Has a user wait with a password, instead of another one if there is one. */
    static void put(CredentialModel password, UserModel local) {
        var waiting = of(local);
        if (waiting.isPresent()) {
            password.setId(waiting.get().getId());
            local.credentialManager().updateStoredCredential(password);
        } else {
            local.credentialManager().createStoredCredential(password);
        }
    }

    /** {@return what became of the password that a credential holds} */
    static PasswordFate fate(CredentialModel credential) {
        var origin = data(credential)
                .map(data -> data.getAdditionalParameters().getFirst(ORIGIN))
                .orElse("");
        return Stream.of(PasswordFate.TRANSFERRED, PasswordFate.CAPTURED)
                .filter(fate -> fate.id().equals(origin))
                .findFirst()
                .orElse(PasswordFate.REHASHED);
    }

    /** {@return Gigya's name of the algorithm that a credential is hashed by, or Keycloak's where that is its own} */
    static String algorithm(CredentialModel credential) {
        var provider =
                data(credential).map(PasswordCredentialData::getAlgorithm).orElse("");
        return Stream.of(HashAlgorithm.values())
                .filter(algorithm -> provider(algorithm).equals(provider))
                .findFirst()
                .map(HashAlgorithm::id)
                .orElse(provider);
    }

    private static Optional<PasswordCredentialData> data(CredentialModel credential) {
        return Optional.ofNullable(
                PasswordCredentialModel.createFromCredentialModel(credential).getPasswordCredentialData());
    }

    /** {@return whether an account is known to have got another password since the one that waits for its user} */
    static boolean isOutdated(CredentialModel waiting, UserModel user) {
        return isOutdated(created(waiting), user);
    }

    /** {@return the same of a password that was set at a time} */
    static boolean isOutdated(Instant created, UserModel user) {
        return FederatedUser.passwordSince(user).filter(created::isBefore).isPresent();
    }

    /** {@return whether a credential holds a hash} */
    static boolean isOf(Hashed hash, CredentialModel waiting) {
        var secret = PasswordCredentialModel.createFromCredentialModel(waiting).getPasswordSecretData();
        return secret != null && hash.hash().equals(secret.getValue());
    }

    /** {@return when the password was set, by Gigya's clock} */
    static Instant created(CredentialModel credential) {
        return Instant.ofEpochMilli(
                Optional.ofNullable(credential.getCreatedDate()).orElse(0L));
    }
}
