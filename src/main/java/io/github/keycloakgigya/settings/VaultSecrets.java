package io.github.keycloakgigya.settings;

import java.util.function.UnaryOperator;
import org.keycloak.models.KeycloakSession;

/** Replaces references to Keycloak's vault, such as {@code ${vault.gigya}}, by what they refer to. */
public final class VaultSecrets implements UnaryOperator<String> {

    private final KeycloakSession session;

    /** Reads the vault of the session's realm. */
    public VaultSecrets(KeycloakSession session) {
        this.session = session;
    }

    /** {@return the secret; an empty text where the vault has no such entry} */
    @Override
    public String apply(String setting) {
        try (var secret = session.vault().getStringSecret(setting)) {
            return secret.get().orElse("");
        }
    }
}
