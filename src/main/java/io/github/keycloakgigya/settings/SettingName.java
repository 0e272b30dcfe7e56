package io.github.keycloakgigya.settings;

/**
 * A setting that a refusal names. Logs call it by its key, and administrators read its label.
 *
 * @param key under which it is stored
 */
public record SettingName(String key) {

    @Override
    public String toString() {
        return key;
    }
}
