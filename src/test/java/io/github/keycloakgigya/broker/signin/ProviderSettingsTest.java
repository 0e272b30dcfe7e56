package io.github.keycloakgigya.broker.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;

class ProviderSettingsTest {

    private static final String SITE = "3_" + "site".repeat(16);

    private static final String SISTER = "3_" + "sister".repeat(10);

    @Test
    void no_grants_are_taken_unless_that_is_switched_on() throws SettingsException {
        assertThat(settings(provider()).issuerForGrants()).isEmpty();
    }

    @Test
    void grants_are_of_the_issuer_that_getJWT_names() throws SettingsException {
        var provider = provider();
        provider.getConfig().put("jwtAuthorizationGrantEnabled", "true");

        assertThat(settings(provider).issuerForGrants()).contains("https://fidm.gigya.com/jwt/" + SITE + "/");
    }

    @ParameterizedTest
    @CsvSource({
        "https://fidm.gigya.com/jwt/SITE/, true",
        "https://fidm.gigya.com/jwt/SITE, true",
        "https://fidm.gigya.com/jwt/SISTER/, true",
        "https://fidm.gigya.com/jwt/SISTER, true",
        "https://fidm.gigya.com/jwt/OTHER/, false",
        "https://fidm.gigya.com/jwt/SITE//, false",
        "https://fidm.gigya.com/jwt/SIT, false",
        "http://fidm.gigya.com/jwt/SITE/, false",
        "SITE, false"
    })
    void an_issuer_is_that_of_the_site_or_of_its_group(String issuer, boolean known) throws SettingsException {
        var provider = provider();
        provider.getConfig().put("siteGroupApiKeys", SISTER);

        assertThat(settings(provider).isIssuer(issuer.replace("SITE", SITE).replace("SISTER", SISTER)))
                .isEqualTo(known);
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
        provider.getConfig().put("clientId", SITE);
        provider.getConfig().put("clientSecret", "c2VjcmV0");
        return provider;
    }

    private static ProviderSettings settings(IdentityProviderModel provider) throws SettingsException {
        return ProviderSettings.parse(ProviderSettings.reader(provider), (secret, scope) -> secret);
    }
}
