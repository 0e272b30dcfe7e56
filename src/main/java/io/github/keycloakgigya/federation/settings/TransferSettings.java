package io.github.keycloakgigya.federation.settings;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.StoredMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What comes along with accounts whose users are to leave Gigya.
 *
 * @param passwords when passwords do, besides in bulk
 * @param identityLinks aliases of identity providers, by Gigya's names of the same providers
 */
public record TransferSettings(PasswordTransfer passwords, Map<String, String> identityLinks) {

    public static final String PASSWORDS = "passwordTransfer";
    public static final String IDENTITY_LINKS = "identityLinks";

    public TransferSettings {
        identityLinks = Map.copyOf(identityLinks);
    }

    static TransferSettings parse(SettingsReader settings) throws SettingsException {
        var passwords = settings.choice(PASSWORDS, PasswordTransfer.OFF, PasswordTransfer::id);
        if (passwords != PasswordTransfer.OFF && !settings.flag(StorageSettings.IMPORT_ENABLED, true)) {
            throw new SettingsException(
                    "gigyaSettingNeeds", new SettingName(PASSWORDS), new SettingName(StorageSettings.IMPORT_ENABLED));
        }
        var stored = settings.text(IDENTITY_LINKS);
        return new TransferSettings(passwords, stored.isPresent() ? aliases(stored.get()) : Map.of());
    }

    private static Map<String, String> aliases(String stored) throws SettingsException {
        var aliases = new HashMap<String, String>();
        for (var link : StoredMap.parse(IDENTITY_LINKS, stored).entries()) {
            if (link.getKey().isEmpty() || link.getValue().isEmpty()) {
                throw new SettingsException("gigyaIdentityLinksInvalid", "a provider or an alias is empty");
            }
            if (aliases.put(link.getKey(), link.getValue()) != null) {
                throw new SettingsException(
                        "gigyaIdentityLinksInvalid", "the provider '" + link.getKey() + "' is there twice");
            }
        }
        return aliases;
    }

    /** {@return the alias of the identity provider that has a provider's people} The same name where none is set. */
    public String alias(String provider) {
        return identityLinks.getOrDefault(provider, provider);
    }

    /** {@return whether passwords come along at each sign-in} */
    public boolean isAtSignIn() {
        return passwords == PasswordTransfer.AT_SIGN_IN;
    }

    /** When passwords come along, besides in bulk. */
    public enum PasswordTransfer {
        /** Never. */
        OFF("off"),
        /** At each sign-in, as a hash, and at a form of Keycloak's where the hash can't be used. */
        AT_SIGN_IN("atSignIn");

        private final String id;

        PasswordTransfer(String id) {
            this.id = id;
        }

        /** {@return the value of the setting {@code passwordTransfer}} */
        public String id() {
            return id;
        }
    }
}
