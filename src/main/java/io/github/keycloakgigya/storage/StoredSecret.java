package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.Optional;
import org.keycloak.component.ComponentModel;

/**
 * The secret that a user federation has been saved with. An administrator may not read it, so it must not be sent to a
 * host that was chosen without knowing it. Data centers are Gigya's, so only a custom API domain can be such a host.
 *
 * <p>Keycloak puts the stored secret in the place of its mask before it asks for validation (CVE-2026-15943 is the same
 * hole in identity providers), so a secret counts as typed again only where its text differs. One that stays the same
 * can be typed with a blank behind it, which is dropped when it is used.
 *
 * @param stored the component as it is saved; empty where there is none yet
 */
record StoredSecret(Optional<ComponentModel> stored) {

    /** {@return the secret of a saved component, which is null where there is none yet} */
    static StoredSecret of(ComponentModel stored) {
        return new StoredSecret(Optional.ofNullable(stored));
    }

    /**
     * Makes sure that the secret was typed again, if it would be sent to another host from now on.
     *
     * @param changed the component as it is going to be saved
     */
    void requireTypedAgainFor(ComponentModel changed) throws SettingsException {
        var host = text(changed, SiteSettings.API_DOMAIN);
        if (host.isEmpty() || stored.isEmpty()) {
            return;
        }
        var isAnotherHost = !host.equals(text(stored.get(), SiteSettings.API_DOMAIN));
        var isSameSecret = text(changed, SiteSettings.SECRET).equals(text(stored.get(), SiteSettings.SECRET));
        if (isAnotherHost && isSameSecret) {
            throw new SettingsException("gigyaSecretAgain");
        }
    }

    private static String text(ComponentModel component, String setting) {
        return Optional.ofNullable(component.get(setting)).orElse("");
    }

    /** Leaves the component out, which holds the secret. */
    @Override
    public String toString() {
        return "StoredSecret[]";
    }
}
