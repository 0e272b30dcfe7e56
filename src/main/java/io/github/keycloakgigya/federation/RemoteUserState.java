package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/**
 * What Keycloak decided about a user who is not imported. Kept in attributes that nobody else can write, since they
 * begin with what {@link ProtectedAttributes} protects.
 *
 * @param storage where Keycloak keeps what is its own
 * @param realm of the user
 * @param id of the user
 */
record RemoteUserState(UserFederatedStorageProvider storage, RealmModel realm, String id) {

    private static final String DISABLED = "gigya.disabled";
    private static final String VERIFIED_EMAIL = "gigya.verifiedEmail";

    boolean isDisabled() {
        return text(DISABLED) != null;
    }

    void setDisabled(boolean disabled) {
        if (disabled) {
            storage.setSingleAttribute(realm, id, DISABLED, Boolean.TRUE.toString());
        } else {
            storage.removeAttribute(realm, id, DISABLED);
        }
    }

    /** {@return whether Keycloak verified this address} */
    boolean hasVerified(String email) {
        return hash(email).equals(text(VERIFIED_EMAIL));
    }

    void setVerifiedEmail(String email) {
        storage.setSingleAttribute(realm, id, VERIFIED_EMAIL, hash(email));
    }

    void forgetVerifiedEmail() {
        storage.removeAttribute(realm, id, VERIFIED_EMAIL);
    }

    /** {@return what is kept under a name of this extension's own} */
    List<String> texts(String name) {
        return storage.getAttributes(realm, id).getOrDefault(name, List.of());
    }

    /** Keeps it; nothing where there are none. */
    void setTexts(String name, List<String> texts) {
        if (texts.isEmpty()) {
            storage.removeAttribute(realm, id, name);
        } else {
            storage.setAttribute(realm, id, name, texts);
        }
    }

    private String text(String name) {
        return storage.getAttributes(realm, id).getFirst(name);
    }

    // Keycloak's tables are to hold no address.
    private static String hash(String email) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(email.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
