package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

class SitePropertiesTest {

    @Test
    void an_identity_provider_is_not_asked_twice_for_what_keycloaks_own_form_asks_for() {
        assertThat(SiteProperties.besidesKeycloaks(all().toList()))
                .extracting(ProviderConfigProperty::getName)
                .doesNotContain("apiKey", "secret", "trustEmail")
                .contains("dataCenter", "apiDomain", "userKey");
    }

    @Test
    void what_connects_comes_in_the_order_in_which_it_is_copied() {
        assertThat(SiteProperties.connection())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("dataCenter", "apiKey", "userKey", "secret");
    }

    @Test
    void the_secret_is_shown_to_nobody() {
        assertThat(all())
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
        for (var property : all().toList()) {
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

    private static Stream<ProviderConfigProperty> all() {
        return Stream.of(SiteProperties.connection(), SiteProperties.addresses(), SiteProperties.rare())
                .flatMap(List::stream);
    }

    private static HashMap<String, List<String>> shownMappings() {
        var property = SiteProperties.fieldMappings();
        return new HashMap<>(
                Map.of(property.getName(), List.of(property.getDefaultValue().toString())));
    }
}
