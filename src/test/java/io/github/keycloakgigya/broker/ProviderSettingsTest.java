package io.github.keycloakgigya.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.settings.SettingsException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;

class ProviderSettingsTest {

    private static final String API_KEY = "3_site";

    @Test
    void no_grants_are_taken_unless_that_is_switched_on() throws SettingsException {
        assertThat(settings(provider()).issuerForGrants()).isEmpty();
    }

    @Test
    void grants_are_of_the_issuer_that_getJWT_names() throws SettingsException {
        var provider = provider();
        provider.getConfig().put("jwtAuthorizationGrantEnabled", "true");

        assertThat(settings(provider).issuerForGrants()).contains("https://fidm.gigya.com/jwt/3_site/");
    }

    @ParameterizedTest
    @CsvSource({
        "https://fidm.gigya.com/jwt/3_site/, true",
        "https://fidm.gigya.com/jwt/3_site, true",
        "https://fidm.gigya.com/jwt/3_sister/, true",
        "https://fidm.gigya.com/jwt/3_sister, true",
        "https://fidm.gigya.com/jwt/3_other/, false",
        "https://fidm.gigya.com/jwt/3_site//, false",
        "https://fidm.gigya.com/jwt/3_sit, false",
        "http://fidm.gigya.com/jwt/3_site/, false",
        "3_site, false"
    })
    void an_issuer_is_that_of_the_site_or_of_its_group(String issuer, boolean known) throws SettingsException {
        var provider = provider();
        provider.getConfig().put("siteGroupApiKeys", "3_sister");

        assertThat(settings(provider).isIssuer(issuer)).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void what_keycloak_asks_about_the_grant_is_the_same_setting(String on) throws SettingsException {
        var provider = provider();
        provider.getConfig().put("jwtAuthorizationGrantEnabled", on);

        assertThat(new GigyaIdentityProviderConfig(provider).takesGrants())
                .isEqualTo(settings(provider).jwtAuthorizationGrant());
    }

    private static IdentityProviderModel provider() {
        var provider = new IdentityProviderModel();
        provider.getConfig().put("clientId", API_KEY);
        provider.getConfig().put("clientSecret", "c2VjcmV0");
        return provider;
    }

    private static ProviderSettings settings(IdentityProviderModel provider) throws SettingsException {
        return ProviderSettings.parse(ProviderSettings.reader(provider), UnaryOperator.identity());
    }
}
