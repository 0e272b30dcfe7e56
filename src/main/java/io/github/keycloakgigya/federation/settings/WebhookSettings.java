package io.github.keycloakgigya.federation.settings;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;

/**
 * What events of Gigya may do.
 *
 * @param on whether the federation has an address for them at all
 * @param imports whether an event may make an account known to Keycloak that is not
 */
public record WebhookSettings(boolean on, boolean imports) {

    public static final String ON = "webhooks";
    public static final String IMPORTS = "webhookImports";

    static WebhookSettings parse(SettingsReader settings) throws SettingsException {
        return new WebhookSettings(settings.flag(ON, false), settings.flag(IMPORTS, false));
    }

    /**
     * {@return whether the settings switch the address on} Reads nothing else, since anybody may ask: a value that is
     * neither true nor false is no.
     */
    public static boolean areOn(SettingsReader settings) {
        return settings.text(ON).filter("true"::equals).isPresent();
    }
}
