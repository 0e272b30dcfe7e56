package io.github.keycloakgigya.settings;

import org.keycloak.models.KeycloakSession;

/**
 * Settings that a request has read, for it to read them no second time, the vault included.
 *
 * @param said what was read
 * @param settings what was made of it
 */
public record ReadOnce(Object said, Object settings) {

    /** Makes settings of what is stored. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * {@return the settings}
         *
         * @throws SettingsException naming the first setting that can't be used
         */
        T read() throws SettingsException;
    }

    /**
     * {@return the settings, read anew only where what is stored has changed since this request read them}
     *
     * @param key names them in the request
     * @param said what is stored now; must not change afterwards
     * @throws SettingsException naming the first setting that can't be used
     */
    public static <T> T of(KeycloakSession session, String key, Object said, Class<T> type, Reading<T> reading)
            throws SettingsException {
        var known = session.getAttribute(key, ReadOnce.class);
        if (known != null && known.said().equals(said)) {
            return type.cast(known.settings());
        }
        var settings = reading.read();
        session.setAttribute(key, new ReadOnce(said, settings));
        return settings;
    }

    /** Leaves all out, since it holds the secret. */
    @Override
    public String toString() {
        return "ReadOnce[]";
    }
}
