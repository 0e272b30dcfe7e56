package io.github.keycloakgigya.settings;

/** Tells the secret of a site from what the settings hold in its place. */
@FunctionalInterface
public interface SiteSecrets {

    /**
     * {@return the secret, never blank}
     *
     * @param stored what the settings hold, without surrounding blanks
     * @param scope what it is going to be used for
     * @throws SettingsException where there is none, or it is not for that
     */
    String secretFor(String stored, SecretScope scope) throws SettingsException;
}
