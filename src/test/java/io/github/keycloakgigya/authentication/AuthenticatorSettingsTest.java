package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.authentication.GigyaStep.AuthenticatorSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.SignInSettings.AuthFlow;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;

class AuthenticatorSettingsTest {

    @Test
    void a_step_that_was_never_configured_works_with_the_contracts_defaults() throws SettingsException {
        var settings = AuthenticatorSettings.parse(null);

        assertThat(settings.federationProvider()).isEmpty();
        assertThat(settings.signIn().screenSet()).isEqualTo("Default-RegistrationLogin");
        assertThat(settings.signIn().startScreen()).isEqualTo("gigya-login-screen");
        assertThat(settings.signIn().authFlow()).isEqualTo(AuthFlow.POPUP);
        assertThat(settings.signIn().loginProof()).isEqualTo(LoginProof.ID_TOKEN);
        assertThat(settings.signIn().proofMaxAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.signIn().bindProofToSession()).isTrue();
        assertThat(settings.signIn().logoutFromGigya()).isTrue();
    }

    @Test
    void a_federation_may_be_named() throws SettingsException {
        assertThat(AuthenticatorSettings.parse(config(Map.of("federationProvider", " members ")))
                        .federationProvider())
                .contains("members");
    }

    @ParameterizedTest
    @CsvSource({
        "loginProof, password",
        "authFlow, window",
        "proofMaxAgeSeconds, 9",
        "proofMaxAgeSeconds, 601",
        "bindProofToSession, no",
        "logoutFromGigya, 1"
    })
    void a_setting_that_can_not_be_used_is_refused_by_its_name(String setting, String value) {
        assertThatThrownBy(() -> AuthenticatorSettings.parse(config(Map.of(setting, value))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(setting);
    }

    private static AuthenticatorConfigModel config(Map<String, String> settings) {
        var config = new AuthenticatorConfigModel();
        config.setConfig(settings);
        return config;
    }
}
