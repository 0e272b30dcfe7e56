package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.signin.SignInSettings.AuthFlow;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

class SignInSettingsTest {

    @Test
    void what_is_unset_is_what_the_console_shows_as_default() throws SettingsException {
        var settings = parse(Map.of());

        assertThat(settings)
                .isEqualTo(new SignInSettings(
                        "Default-RegistrationLogin",
                        "gigya-login-screen",
                        AuthFlow.POPUP,
                        LoginProof.ID_TOKEN,
                        Duration.ofSeconds(60),
                        true,
                        true));
        assertThat(SignInSettings.properties()).allSatisfy(property -> {
            var shown = Map.of(property.getName(), property.getDefaultValue().toString());
            assertThat(parse(shown)).as(property.getName()).isEqualTo(settings);
        });
    }

    @Test
    void every_setting_can_be_set() throws SettingsException {
        assertThat(parse(Map.of(
                        "screenSet", "Own",
                        "startScreen", "own-login",
                        "authFlow", "redirect",
                        "loginProof", "uidSignature",
                        "proofMaxAgeSeconds", "600",
                        "bindProofToSession", "false",
                        "logoutFromGigya", "false")))
                .isEqualTo(new SignInSettings(
                        "Own",
                        "own-login",
                        AuthFlow.REDIRECT,
                        LoginProof.UID_SIGNATURE,
                        Duration.ofSeconds(600),
                        false,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "proofMaxAgeSeconds, 9",
        "proofMaxAgeSeconds, 601",
        "authFlow, newTab",
        "loginProof, password",
        "bindProofToSession, yes",
        "logoutFromGigya, no"
    })
    void what_can_not_be_used_is_refused_by_name(String setting, String value) {
        assertThatThrownBy(() -> parse(Map.of(setting, value)))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refusal -> assertThat(refusal.parameters()[0]).hasToString(setting));
    }

    @Test
    void an_app_has_no_page_and_so_no_settings_of_one() {
        assertThat(SignInSettings.propertiesOfApps())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("loginProof", "proofMaxAgeSeconds", "logoutFromGigya");
    }

    private static SignInSettings parse(Map<String, String> config) throws SettingsException {
        return SignInSettings.parse(SettingsReader.ofConfig(config));
    }
}
