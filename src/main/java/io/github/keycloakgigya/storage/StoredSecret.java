package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.DataCenter;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/**
 * The secret that a user federation has been saved with. An administrator may not read it, so it must not be used for a
 * host, a site or a key that was chosen without knowing it.
 *
 * <p>Keycloak puts the stored secret in the place of its mask before it asks for validation (CVE-2026-15943 is the same
 * hole in identity providers), so a secret counts as typed again only where its text differs. One that stays the same
 * can be typed with a blank behind it, which is dropped when it is used. A reference to the vault can't: Keycloak shows
 * it to every administrator, so that typing it proves nothing.
 *
 * @param stored the component as it is saved; empty where there is none yet
 */
record StoredSecret(Optional<ComponentModel> stored) {

    private static final String VAULT = "${vault.";
    private static final List<String> WHOSE_IT_IS = List.of(SiteSettings.API_KEY, SiteSettings.USER_KEY);

    /**
     * {@return what the realm holds for a component}
     *
     * @param changed has no id where it is new; Keycloak's database refuses to look that up
     */
    static StoredSecret of(RealmModel realm, ComponentModel changed) {
        return new StoredSecret(Optional.ofNullable(changed.getId()).map(realm::getComponent));
    }

    /**
     * Makes sure that the secret was typed again, if it would be used for something else from now on.
     *
     * @param changed the component as it is going to be saved or tried
     */
    void requireTypedAgainFor(ComponentModel changed) throws SettingsException {
        if (stored.isEmpty()
                || isAnother(text(changed, SiteSettings.SECRET), text(stored.get(), SiteSettings.SECRET))) {
            return;
        }
        if (!host(changed).equals(host(stored.get()))) {
            throw new SettingsException("gigyaSecretAgain");
        }
        for (var setting : WHOSE_IT_IS) {
            if (!text(changed, setting)
                    .strip()
                    .equals(text(stored.get(), setting).strip())) {
                throw new SettingsException("gigyaSecretAgain");
            }
        }
    }

    private static boolean isAnother(String secret, String stored) {
        return stored.strip().startsWith(VAULT) ? !secret.strip().equals(stored.strip()) : !secret.equals(stored);
    }

    private static String host(ComponentModel component) {
        return Stream.of(SiteSettings.API_DOMAIN, SiteSettings.DATA_CENTER)
                .map(setting -> text(component, setting).strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(DataCenter.US1.id());
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
