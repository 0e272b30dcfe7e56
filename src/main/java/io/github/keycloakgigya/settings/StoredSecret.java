package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.DataCenter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secret that a site's settings have been saved with. An administrator may not read it, so it must not be used for a
 * host, a site or a key that was chosen without knowing it.
 *
 * <p>A secret counts as typed again only where its text differs from the stored one, since Keycloak may put the stored
 * secret in the place of its mask before it asks for validation (CVE-2026-15943 is that hole in Keycloak's own identity
 * providers). One that stays the same can be typed with a blank behind it, which is dropped when it is used. A reference
 * to the vault never counts: to name an entry proves no knowledge of the secret. This is no wall against whoever may
 * save settings twice, or make new ones: those can name any entry of the realm's vault.
 *
 * @param stored the settings as they are saved; empty where there are none yet
 */
public record StoredSecret(Optional<SettingsReader> stored) {

    private static final String VAULT = "${vault.";
    private static final List<String> WHOSE_IT_IS = List.of(SiteSettings.API_KEY, SiteSettings.USER_KEY);

    /**
     * Makes sure that the secret was typed again, if it would be used for something else from now on.
     *
     * @param changed the settings as they are going to be saved or tried
     * @throws SettingsException where it was not
     */
    public void requireTypedAgainFor(SettingsReader changed) throws SettingsException {
        if (stored.isPresent() && !isTypedAgain(changed, stored.get()) && isForAnother(changed, stored.get())) {
            throw new SettingsException("gigyaSecretAgain");
        }
    }

    private static boolean isTypedAgain(SettingsReader changed, SettingsReader stored) {
        var secret = changed.typed(SiteSettings.SECRET);
        return !secret.strip().startsWith(VAULT) && !secret.equals(stored.typed(SiteSettings.SECRET));
    }

    private static boolean isForAnother(SettingsReader changed, SettingsReader stored) {
        return !host(changed).equals(host(stored))
                || WHOSE_IT_IS.stream()
                        .anyMatch(setting -> !changed.text(setting).equals(stored.text(setting)));
    }

    private static String host(SettingsReader settings) {
        return Stream.of(SiteSettings.API_DOMAIN, SiteSettings.DATA_CENTER)
                .flatMap(setting -> settings.text(setting).stream())
                .findFirst()
                .orElse(DataCenter.US1.id());
    }

    /** Leaves the settings out, which hold the secret. */
    @Override
    public String toString() {
        return "StoredSecret[]";
    }
}
