package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.settings.SiteSettings.SiteSecrets;
import org.keycloak.models.KeycloakSession;

/**
 * The secrets that a realm's settings and its vault hold. Each is for one site on one host only, and is looked at anew
 * each time that it is used: how the settings came to be what they are does not matter then.
 */
public final class StoredSecrets implements SiteSecrets {

    private final KeycloakSession session;

    /** Reads the settings and the vault of the session's realm. */
    public StoredSecrets(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String secretFor(String stored, SecretScope scope) throws SettingsException {
        if (BoundSecret.isReference(stored)) {
            return ofVault(stored, scope);
        }
        if (!BoundSecret.isBound(stored)) {
            throw new SettingsException("gigyaSecretUnbound");
        }
        var bound = BoundSecret.parse(stored);
        if (!bound.scope().equals(scope)) {
            throw new SettingsException("gigyaSecretAgain");
        }
        return bound.secret();
    }

    private String ofVault(String reference, SecretScope scope) throws SettingsException {
        var entry = entry(reference);
        if (!BoundSecret.isBound(entry)) {
            // To name an entry proves no knowledge of it, but only what it says itself could tell what it is for.
            return entry;
        }
        var bound = BoundSecret.parse(entry);
        if (!bound.scope().equals(scope)) {
            throw new SettingsException("gigyaVaultEntryForAnother");
        }
        return bound.secret();
    }

    private String entry(String reference) throws SettingsException {
        try (var secret = session.vault().getStringSecret(reference)) {
            return secret.get()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new SettingsException("gigyaVaultEntryMissing"));
        }
    }
}
