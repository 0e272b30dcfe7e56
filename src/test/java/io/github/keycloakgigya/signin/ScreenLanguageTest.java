package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.signin.PageLanguage.ScreenLanguage;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenLanguageTest {

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "ar, ar",
        "pt-BR, pt-br",
        "fr-CH, fr-ch",
        "zh-CN, zh-cn",
        "zh-Hans, zh-cn",
        "zh-TW, zh-tw",
        "zh-Hant, zh-tw",
        "nb, no"
    })
    void a_locale_of_keycloak_is_spelled_as_gigya_spells_it(String tag, String code) {
        assertThat(ScreenLanguage.of(Locale.forLanguageTag(tag)).code()).isEqualTo(code);
    }
}
