package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.util.JsonSerialization;

/**
 * A setting of the admin console's type "Map", which is stored as a JSON array of keys and values.
 *
 * @param entries in the administrator's order; a key may come twice
 * @see org.keycloak.models.utils.MapperTypeSerializer
 */
public record StoredMap(List<Map.Entry<String, String>> entries) {

    private record Pair(String key, String value) {}

    public StoredMap {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the stored text.
     *
     * @throws SettingsException where it is not of that form
     */
    public static StoredMap parse(String setting, String text) throws SettingsException {
        try {
            var pairs = JsonSerialization.readValue(text, Pair[].class);
            if (pairs == null) {
                throw new SettingsException("gigyaSettingMap", new SettingName(setting));
            }
            var entries = new ArrayList<Map.Entry<String, String>>();
            for (var pair : pairs) {
                if (pair == null || pair.key() == null || pair.value() == null) {
                    throw new SettingsException("gigyaSettingMap", new SettingName(setting));
                }
                entries.add(Map.entry(pair.key().strip(), pair.value().strip()));
            }
            return new StoredMap(entries);
        } catch (IOException notOfThatForm) {
            throw new SettingsException("gigyaSettingMap", new SettingName(setting));
        }
    }

    /** {@return the text that is stored for a map} */
    public static String text(Map<String, String> map) {
        try {
            return JsonSerialization.writeValueAsString(new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> new Pair(entry.getKey(), entry.getValue()))
                            .toList());
        } catch (IOException impossible) {
            throw new IllegalStateException("a map of texts is always JSON", impossible);
        }
    }
}
