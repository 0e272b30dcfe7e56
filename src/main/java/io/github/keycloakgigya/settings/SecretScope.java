package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.DataCenter;
import java.util.Optional;

/**
 * What a secret is for: who gets requests that are made with it, and in whose name.
 *
 * @param dataCenter the site's data center
 * @param apiDomain the host that answers, where it is not the data center's own
 * @param apiKey the site's API key
 * @param userKey the application or user key that the secret belongs to; empty for a partner secret
 */
public record SecretScope(
        DataCenter dataCenter, Optional<ApiDomain> apiDomain, String apiKey, Optional<String> userKey) {

    /**
     * {@return what settings are about}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    static SecretScope of(SettingsReader settings) throws SettingsException {
        return new SecretScope(
                SiteSettings.dataCenter(settings),
                SiteSettings.customDomain(settings),
                SiteSettings.apiKey(settings),
                SiteSettings.userKey(settings));
    }
}
