package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.authentication.GigyaDirectGrantFactory.DirectGrantSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

class DirectGrantSettingsTest {

    @Test
    void a_step_that_was_never_configured_works_with_the_contracts_defaults() throws SettingsException {
        assertThat(DirectGrantSettings.parse(null))
                .isEqualTo(
                        new DirectGrantSettings(Optional.empty(), LoginProof.ID_TOKEN, Duration.ofSeconds(60), true));
    }

    @Test
    void what_is_set_is_used() throws SettingsException {
        var config = config(Map.of(
                "federationProvider", "members",
                "loginProof", "uidSignature",
                "proofMaxAgeSeconds", "30",
                "logoutFromGigya", "false"));

        assertThat(DirectGrantSettings.parse(config))
                .isEqualTo(new DirectGrantSettings(
                        Optional.of("members"), LoginProof.UID_SIGNATURE, Duration.ofSeconds(30), false));
    }

    @Test
    void a_setting_that_can_not_be_used_is_refused_by_its_name() {
        assertThatThrownBy(() -> DirectGrantSettings.parse(config(Map.of("proofMaxAgeSeconds", "soon"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("proofMaxAgeSeconds");
    }

    @Test
    void the_console_shows_no_setting_of_a_page() {
        assertThat(DirectGrantSettings.properties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("federationProvider", "loginProof", "proofMaxAgeSeconds", "logoutFromGigya");
    }

    private static AuthenticatorConfigModel config(Map<String, String> settings) {
        var config = new AuthenticatorConfigModel();
        config.setConfig(settings);
        return config;
    }
}
