package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

class SettingLabelsTest {

    private final SettingLabels labels = SettingLabels.of(
            List.of(new ProviderConfigProperty("readTimeout", "gigyaReadTimeout", "", "String", "")),
            Map.of("syncMode", "syncModeOverride"));

    @Test
    void a_setting_is_called_by_the_key_of_its_label() {
        assertThat(labels.textKey(new SettingName("readTimeout"))).isEqualTo("gigyaReadTimeout");
    }

    @Test
    void one_of_keycloaks_form_by_keycloaks_own() {
        assertThat(labels.textKey(new SettingName("syncMode"))).isEqualTo("syncModeOverride");
    }

    @Test
    void one_without_a_label_keeps_its_own_key() {
        assertThat(labels.textKey(new SettingName("other"))).isEqualTo("other");
    }

    @Test
    void the_log_calls_a_setting_by_the_key_that_files_have() {
        assertThat(new SettingsException("gigyaSettingRequired", new SettingName("readTimeout")))
                .hasMessage("gigyaSettingRequired[readTimeout]");
    }
}
