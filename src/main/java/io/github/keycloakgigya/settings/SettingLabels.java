package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * What the admin console calls the settings of something.
 *
 * @param textKeys keys in the admin console's texts, by the keys of settings
 */
public record SettingLabels(Map<String, String> textKeys) {

    public SettingLabels {
        textKeys = Map.copyOf(textKeys);
    }

    /**
     * {@return the labels of settings}
     *
     * @param properties of this extension
     * @param ofKeycloak settings that Keycloak's own form shows, with the keys of its own texts
     */
    public static SettingLabels of(List<ProviderConfigProperty> properties, Map<String, String> ofKeycloak) {
        var textKeys = new HashMap<>(ofKeycloak);
        properties.forEach(property -> textKeys.put(property.getName(), property.getLabel()));
        return new SettingLabels(textKeys);
    }

    /** {@return the key of the text that a setting is called by; its own key where there is none} */
    String textKey(SettingName setting) {
        return textKeys.getOrDefault(setting.key(), setting.key());
    }
}
