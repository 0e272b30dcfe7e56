package io.github.keycloakgigya.settings;

import java.util.Arrays;
import java.util.regex.Pattern;

/** A setting that can't be used. Names the message that tells an administrator which one and why. */
public final class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    // What an administrator typed must not begin a line of its own in the log.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final String messageKey;
    private final transient Object[] parameters;

    /**
     * Refuses a setting.
     *
     * @param messageKey key in the admin console's messages
     * @param parameters of that message; never a secret, since they are shown and logged
     */
    public SettingsException(String messageKey, Object... parameters) {
        super(messageKey + CONTROL.matcher(Arrays.toString(parameters)).replaceAll("?"));
        this.messageKey = messageKey;
        this.parameters = parameters.clone();
    }

    /** {@return the key in the admin console's messages} */
    public String messageKey() {
        return messageKey;
    }

    /** {@return the parameters of that message} */
    public Object[] parameters() {
        return parameters.clone();
    }

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
}
