package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.SettingsException;

/** A mapper that can't do its work, found where Keycloak lets no checked exception pass. */
public final class MapperException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SettingsException setting;

    /** @param wrong says which setting */
    public MapperException(SettingsException wrong) {
        super(wrong.getMessage(), wrong);
        this.setting = wrong;
    }

    /** {@return which setting is wrong} */
    public SettingsException setting() {
        return setting;
    }
}
