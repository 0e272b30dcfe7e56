package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.LoginProof;
import io.github.keycloakgigya.signin.SignInSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of the step "Gigya direct grant": those of the step "Gigya login" that have to do with no page.
 *
 * @param federationProvider name or id of the user federation; empty means the realm's only one
 * @param loginProof what the app has to show
 * @param proofMaxAge how old a proof may be, clock skew not counted
 * @param logoutFromGigya whether a sign-out in Keycloak ends the Gigya session too
 */
record DirectGrantSettings(
        Optional<String> federationProvider, LoginProof loginProof, Duration proofMaxAge, boolean logoutFromGigya) {

    /** Parses the settings; {@code config} is null for a step that was never configured. */
    static DirectGrantSettings parse(AuthenticatorConfigModel config) throws SettingsException {
        var settings = AuthenticatorSettings.parse(config);
        return new DirectGrantSettings(
                settings.federationProvider(),
                settings.signIn().loginProof(),
                settings.signIn().proofMaxAge(),
                settings.signIn().logoutFromGigya());
    }

    /** {@return the settings as the admin console shows them} */
    static List<ProviderConfigProperty> properties() {
        return AuthenticatorSettings.withFederation(SignInSettings.propertiesOfApps());
    }
}
