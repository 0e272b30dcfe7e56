package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * The secrets that a realm's settings and its vault hold. Each is for one site on one host only, and is looked at anew
 * each time that it is used: how the settings came to be what they are does not matter then.
 */
public final class StoredSecrets {

    private final KeycloakSession session;

    /** Reads the settings and the vault of the session's realm. */
    public StoredSecrets(KeycloakSession session) {
        this.session = session;
    }

    /**
     * {@return what is stored in the place of the secret when settings are saved} One that was typed is bound to the host,
     * the site and the key that it was typed for. One that is bound already stays as it is, and so does a reference to the
     * vault.
     *
     * @throws SettingsException where there is none, or the settings name nothing that it could be bound to
     */
    public static String toStore(SettingsReader settings) throws SettingsException {
        var text = settings.requiredText(BoundSecret.SECRET);
        return BoundSecret.isReference(text) || BoundSecret.isBound(text)
                ? text
                : new BoundSecret(text, SecretScope.of(settings)).text();
    }

    /**
     * {@return the secret, never blank}
     *
     * @param stored what the settings hold, without surrounding blanks
     * @param scope what it is going to be used for
     * @throws SettingsException where there is none, or it is not for that
     */
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

    /**
     * A secret together with what it was entered for, as both are stored in the place of the secret. Whoever may edit
     * the settings but not read the secret can't part the two: Keycloak masks the whole, and puts the whole back where
     * the mask is saved, whichever way the settings take (CVE-2026-15943 is such a way in Keycloak's own identity
     * providers).
     *
     * <p>The text is JSON with the names of the settings, {@code {"secret":"…","dataCenter":"eu1","apiDomain":"…",
     * "apiKey":"3_…","userKey":"…"}}, of which {@code apiDomain} and {@code userKey} may be missing. An operator can
     * write an entry of the vault in the same form.
     *
     * @param secret as it was entered, without surrounding blanks
     * @param scope what it was entered for
     */
    record BoundSecret(String secret, SecretScope scope) {

        /** The setting that holds it. */
        static final String SECRET = "secret";

        // As Keycloak recognises a reference (StripSecretsUtils of 26.7).
        private static final Pattern REFERENCE = Pattern.compile("\\$\\{vault\\..+}");

        private record Stored(String secret, String dataCenter, String apiDomain, String apiKey, String userKey) {}

        /** {@return whether a setting holds a reference to Keycloak's vault, such as <code>${vault.gigya}</code>} */
        static boolean isReference(String setting) {
            return REFERENCE.matcher(setting).matches();
        }

        /**
         * {@return whether a text is of this form} Neither a shared secret (Base64) nor a private key (PEM) begins so.
         */
        static boolean isBound(String text) {
            return text.startsWith("{");
        }

        /**
         * Reads a text of this form.
         *
         * @throws SettingsException where it is not of this form
         */
        static BoundSecret parse(String text) throws SettingsException {
            try {
                var stored = JsonSerialization.readValue(text, Stored.class);
                var dataCenter = Optional.ofNullable(stored.dataCenter).flatMap(DataCenter::ofId);
                if (dataCenter.isPresent() && stored.secret != null && !stored.secret.isBlank()) {
                    var apiDomain = Optional.ofNullable(stored.apiDomain).map(ApiDomain::custom);
                    return new BoundSecret(
                            stored.secret.strip(),
                            new SecretScope(
                                    dataCenter.get(),
                                    apiDomain,
                                    Objects.requireNonNullElse(stored.apiKey, ""),
                                    Optional.ofNullable(stored.userKey)));
                }
            } catch (IOException | IllegalArgumentException notOfThisForm) {
                // Its message quotes the text.
            }
            throw new SettingsException("gigyaSecretInvalid");
        }

        /** {@return the text that is stored} */
        private String text() {
            try {
                return JsonSerialization.writeValueAsString(new Stored(
                        secret,
                        scope.dataCenter().id(),
                        scope.apiDomain().map(ApiDomain::name).orElse(null),
                        scope.apiKey(),
                        scope.userKey().orElse(null)));
            } catch (IOException impossible) {
                throw new IllegalStateException("texts are always JSON", impossible);
            }
        }

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "BoundSecret[]";
        }
    }
}
