package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderModel;

/**
 * Which accounts a door leads to. Sites of one group share accounts and UIDs.
 *
 * @param domain the host by which browsers know the site
 * @param dataCenter that the site is in: another one signs with keys of its own
 * @param apiKey the site's API key
 * @param groupApiKeys other API keys of its site group
 */
public record SiteAccounts(ApiDomain domain, DataCenter dataCenter, String apiKey, Set<String> groupApiKeys) {

    /** The provider id of identity providers whose settings name a site. */
    public static final String IDENTITY_PROVIDER_ID = "gigya";

    public SiteAccounts {
        groupApiKeys = Set.copyOf(groupApiKeys);
    }

    /** {@return the accounts of a site} */
    public static SiteAccounts of(SiteSettings site) {
        return new SiteAccounts(
                site.site().domain(), site.dataCenter(), site.site().apiKey(), site.groupApiKeys());
    }

    /**
     * {@return the accounts that settings name; empty where they name no site, so that nobody can be signed in} The secret
     * is not looked at.
     */
    public static Optional<SiteAccounts> of(SettingsReader settings) {
        try {
            return Optional.of(new SiteAccounts(
                    SecretScope.domain(settings),
                    SecretScope.dataCenter(settings),
                    SecretScope.apiKey(settings),
                    SiteSettings.groupApiKeys(settings)));
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

    /** {@return whether a UID is said to mean the same account here and there, by one of the two at least} */
    public boolean areThoseOf(SiteAccounts other) {
        return areAtTheSamePlaceAs(other)
                && (apiKey.equals(other.apiKey)
                        || groupApiKeys.contains(other.apiKey)
                        || other.groupApiKeys.contains(apiKey));
    }

    /**
     * {@return whether each site whose sign-ins count there is named here} Nothing in Gigya's answers tells whether two
     * sites are of one group, and who has a site chooses its UIDs. So the word of those who may edit the other settings is
     * not enough to bring sign-ins of another site to the users here.
     */
    public boolean include(SiteAccounts other) {
        return areAtTheSamePlaceAs(other) && keys().containsAll(other.keys());
    }

    private boolean areAtTheSamePlaceAs(SiteAccounts other) {
        return domain.equals(other.domain) && dataCenter == other.dataCenter;
    }

    /** {@return the same text for the same accounts} */
    public String text() {
        return Stream.concat(
                        Stream.of(domain.name(), dataCenter.id(), apiKey),
                        groupApiKeys.stream().sorted())
                .collect(Collectors.joining(" "));
    }

    private Set<String> keys() {
        return Stream.concat(Stream.of(apiKey), groupApiKeys.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
