package io.github.keycloakgigya.broker.importer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;

class OpenIdKeysTest {

    private static final GigyaSite AT_DATA_CENTER = new GigyaSite(ApiDomain.of(DataCenter.EU1), "3_key");
    private static final GigyaSite AT_OWN_DOMAIN = new GigyaSite(ApiDomain.custom("login.example.com:8443"), "3_key");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fidm.eu1.gigya.com/oidc/op/v1.0/3_key/.well-known/jwks",
                " https://FIDM.eu1.gigya.com/oidc/op/v1.0/3_key/jwks"
            })
    void keys_of_the_data_centers_openid_provider_count(String address) {
        assertThatCode(() -> OpenIdProof.requireKeysOf(AT_DATA_CENTER, keys("true", address)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com/oidc/op/v1.0/3_key/.well-known/jwks",
                "https://fidm.us1.gigya.com/oidc/op/v1.0/3_key/.well-known/jwks",
                "https://fidm.eu1.gigya.com.evil.example/jwks",
                "https://fidm.eu1.gigya.com@evil.example/jwks",
                "https://fidm.eu1.gigya.com:8443/jwks",
                "https://evil.example/fidm.eu1.gigya.com",
                "http://fidm.eu1.gigya.com/jwks",
                "//fidm.eu1.gigya.com/jwks",
                "https://fidm.eu1.gigya.com\\\\@evil.example/jwks",
                ""
            })
    void keys_of_any_other_place_do_not(String address) {
        assertThatThrownBy(() -> OpenIdProof.requireKeysOf(AT_DATA_CENTER, keys("true", address)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gigyaImporterKeys")
                .hasMessageContaining("fidm.eu1.gigya.com");
    }

    @Test
    void keys_that_somebody_typed_do_not() {
        var address = "https://fidm.eu1.gigya.com/jwks";

        assertThatThrownBy(() -> OpenIdProof.requireKeysOf(AT_DATA_CENTER, keys("false", address)))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> OpenIdProof.requireKeysOf(AT_DATA_CENTER, provider(Map.of("jwksUrl", address))))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> OpenIdProof.requireKeysOf(AT_DATA_CENTER, provider(Map.of("useJwksUrl", "true"))))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void keys_of_a_domain_that_publishes_its_own_count_with_its_port() {
        assertThatCode(() ->
                        OpenIdProof.requireKeysOf(AT_OWN_DOMAIN, keys("true", "https://login.example.com:8443/jwks")))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> OpenIdProof.requireKeysOf(AT_OWN_DOMAIN, keys("true", "https://login.example.com/jwks")))
                .isInstanceOf(SettingsException.class);
    }

    private static IdentityProviderModel keys(String useJwksUrl, String address) {
        return provider(Map.of("useJwksUrl", useJwksUrl, "jwksUrl", address));
    }

    private static IdentityProviderModel provider(Map<String, String> config) {
        var provider = new IdentityProviderModel();
        provider.setAlias("openid");
        provider.setConfig(new HashMap<>(config));
        return provider;
    }
}
