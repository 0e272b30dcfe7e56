package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.ApiDomain;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;

/**
 * Which accounts a door leads to. Sites of one group share accounts and UIDs.
 *
 * @param domain where the site's API is served
 * @param apiKey the site's API key
 * @param groupApiKeys other API keys of its site group
 */
public record SiteAccounts(ApiDomain domain, String apiKey, Set<String> groupApiKeys) {

    /** The provider id of identity providers whose settings name a site. */
    public static final String IDENTITY_PROVIDER_ID = "gigya";

    public SiteAccounts {
        groupApiKeys = Set.copyOf(groupApiKeys);
    }

    /** {@return the accounts of a site} */
    public static SiteAccounts of(SiteSettings site) {
        return new SiteAccounts(site.site().domain(), site.site().apiKey(), site.groupApiKeys());
    }

    /**
     * {@return the accounts that settings name; empty where they name no site, so that nobody can be signed in} The secret
     * is not looked at.
     */
    public static Optional<SiteAccounts> of(SettingsReader settings) {
        try {
            return Optional.of(new SiteAccounts(
                    SiteSettings.domain(settings), SiteSettings.apiKey(settings), SiteSettings.groupApiKeys(settings)));
        } catch (SettingsException unusable) {
            return Optional.empty();
        }
    }

    /** {@return the accounts of an identity provider; empty where it is not of this extension, or names no site} */
    public static Optional<SiteAccounts> of(IdentityProviderModel provider) {
        return IDENTITY_PROVIDER_ID.equals(provider.getProviderId())
                ? of(SettingsReader.ofConfig(provider.getConfig()).renaming(SiteSettings.NAMES_OF_IDENTITY_PROVIDER))
                : Optional.empty();
    }

    /** {@return whether a UID means the same account here and there} */
    public boolean areThoseOf(SiteAccounts other) {
        return domain.equals(other.domain)
                && (apiKey.equals(other.apiKey)
                        || groupApiKeys.contains(other.apiKey)
                        || other.groupApiKeys.contains(apiKey));
    }
}
