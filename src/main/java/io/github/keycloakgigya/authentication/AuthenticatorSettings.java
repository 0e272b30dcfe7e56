package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.signin.SignInSettings;
import java.util.Optional;
import org.keycloak.models.AuthenticatorConfigModel;

/**
 * The settings of the step "Gigya login".
 *
 * @param federationProvider name or id of the user federation; empty means the realm's only one
 * @param signIn how the person signs in
 */
record AuthenticatorSettings(Optional<String> federationProvider, SignInSettings signIn) {

    static final String FEDERATION_PROVIDER = "federationProvider";

    /** Parses the settings; {@code config} is null for a step that was never configured. */
    static AuthenticatorSettings parse(AuthenticatorConfigModel config) throws SettingsException {
        var settings = SettingsReader.ofConfig(config == null ? null : config.getConfig());
        return new AuthenticatorSettings(settings.text(FEDERATION_PROVIDER), SignInSettings.parse(settings));
    }
}
