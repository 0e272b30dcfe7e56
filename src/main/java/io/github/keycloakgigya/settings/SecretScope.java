package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.util.Optional;
import java.util.regex.Pattern;

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

    static final String DATA_CENTER = "dataCenter";
    static final String API_DOMAIN = "apiDomain";
    static final String API_KEY = "apiKey";
    static final String USER_KEY = "userKey";

    // 3_ and 66 characters, or 4_ and 24, in every key seen; 2_ are older ones. 1_ names a Customer Data Platform
    // business unit, which is what an administrator copies by mistake.
    private static final Pattern API_KEY_BEGINNING = Pattern.compile("[234]_");
    private static final int LEAST_OF_API_KEY = 18;
    private static final Pattern API_KEY_SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern USER_KEY_SHAPE = Pattern.compile("[A-Za-z0-9_+/=-]{1,128}");

    /**
     * {@return what settings are about}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    static SecretScope of(SettingsReader settings) throws SettingsException {
        return new SecretScope(dataCenter(settings), customDomain(settings), apiKey(settings), userKey(settings));
    }

    /** {@return the domain by which browsers know the site} */
    ApiDomain domain() {
        return apiDomain.orElseGet(() -> ApiDomain.of(dataCenter));
    }

    static DataCenter dataCenter(SettingsReader settings) throws SettingsException {
        return settings.choice(DATA_CENTER, DataCenter.US1, DataCenter::id);
    }

    static Optional<ApiDomain> customDomain(SettingsReader settings) throws SettingsException {
        try {
            return settings.text(API_DOMAIN).map(ApiDomain::custom);
        } catch (IllegalArgumentException notAHost) {
            throw new SettingsException("gigyaApiDomainInvalid");
        }
    }

    static ApiDomain domain(SettingsReader settings) throws SettingsException {
        var dataCenter = dataCenter(settings);
        return customDomain(settings).orElseGet(() -> ApiDomain.of(dataCenter));
    }

    static Optional<String> userKey(SettingsReader settings) throws SettingsException {
        var userKey = settings.text(USER_KEY);
        if (userKey.isPresent() && !USER_KEY_SHAPE.matcher(userKey.get()).matches()) {
            throw new SettingsException("gigyaUserKeyInvalid");
        }
        return userKey;
    }

    static String apiKey(SettingsReader settings) throws SettingsException {
        return requireApiKey(settings.name(API_KEY), settings.requiredText(API_KEY));
    }

    /**
     * {@return an API key, of which it is certain that it looks like one}
     *
     * @param setting that holds it
     */
    static String requireApiKey(SettingName setting, String apiKey) throws SettingsException {
        if (!API_KEY_BEGINNING.matcher(apiKey).lookingAt()) {
            throw new SettingsException("gigyaApiKeyInvalid", setting);
        }
        if (apiKey.length() < LEAST_OF_API_KEY) {
            throw new SettingsException("gigyaApiKeyShort", setting);
        }
        if (!API_KEY_SHAPE.matcher(apiKey).matches()) {
            throw new SettingsException("gigyaApiKeyCharacters", setting);
        }
        return apiKey;
    }
}
