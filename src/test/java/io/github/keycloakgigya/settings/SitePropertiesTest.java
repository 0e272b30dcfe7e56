package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

class SitePropertiesTest {

    @Test
    void an_identity_provider_is_not_asked_twice_for_what_keycloaks_own_form_asks_for() {
        assertThat(SiteProperties.ofIdentityProvider())
                .extracting(ProviderConfigProperty::getName)
                .doesNotContain("apiKey", "secret", "trustEmail")
                .contains("dataCenter", "apiDomain", "userKey", "usernameField");
    }

    @Test
    void a_federation_is_asked_for_the_whole_site() {
        assertThat(SiteProperties.all())
                .extracting(ProviderConfigProperty::getName)
                .contains("dataCenter", "apiDomain", "apiKey", "secret", "userKey", "trustEmail");
    }

    @Test
    void the_secret_is_shown_to_nobody() {
        assertThat(SiteProperties.all())
                .filteredOn(ProviderConfigProperty::isSecret)
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("secret");
    }

    @Test
    void what_is_shown_as_default_is_what_counts_where_nothing_is_set() throws SettingsException {
        var unset = new HashMap<String, List<String>>();
        unset.put("apiKey", List.of("3_" + "a".repeat(64)));
        unset.put("secret", List.of("c2VjcmV0"));
        var shown = new HashMap<>(unset);
        for (var property : SiteProperties.all()) {
            if (property.getDefaultValue() != null) {
                shown.put(property.getName(), List.of(property.getDefaultValue().toString()));
            }
        }

        var asShown = SiteSettings.parse(SettingsReader.ofComponent(shown), (secret, scope) -> secret);
        var asUnset = SiteSettings.parse(SettingsReader.ofComponent(unset), (secret, scope) -> secret);

        assertThat(asShown)
                .usingRecursiveComparison()
                .comparingOnlyFields("site", "tokenLifetime", "connectTimeout", "readTimeout", "trustEmail")
                .isEqualTo(asUnset);
        assertThat(SiteProperties.usernameField().getDefaultValue()).isEqualTo("profile.email");
        assertThat(SettingsReader.ofComponent(shownMappings()).fieldMappings())
                .isEqualTo(SettingsReader.ofComponent(unset).fieldMappings());
    }

    private static HashMap<String, List<String>> shownMappings() {
        var property = SiteProperties.fieldMappings();
        return new HashMap<>(
                Map.of(property.getName(), List.of(property.getDefaultValue().toString())));
    }
}
