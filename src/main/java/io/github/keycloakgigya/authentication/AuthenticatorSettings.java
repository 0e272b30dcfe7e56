package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.signin.SignInSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

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

    /** {@return the settings as the admin console shows them} */
    static List<ProviderConfigProperty> properties() {
        return withFederation(SignInSettings.properties());
    }

    /** {@return the setting of the user federation, and others after it} */
    static List<ProviderConfigProperty> withFederation(List<ProviderConfigProperty> others) {
        var federation = ProviderConfigurationBuilder.create()
                .property()
                .name(FEDERATION_PROVIDER)
                .type(ProviderConfigProperty.STRING_TYPE)
                .label("gigyaFederationProvider")
                .helpText("gigyaFederationProviderHelp")
                .add()
                .build();
        return Stream.concat(federation.stream(), others.stream()).toList();
    }
}
