package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.Config;

/**
 * Custom API domains that the operator of a server lists in an option.
 *
 * @param names {@code host} or {@code host:port} each, in lower case, without the port where it is 443
 */
record ListedDomains(Set<String> names) {

    ListedDomains {
        names = Set.copyOf(names);
    }

    /**
     * {@return what an option of the server lists; empty where it is not set}
     *
     * @param option its name, such as {@code allowedDomains}; the value is a list with commas
     * @throws IllegalArgumentException where an entry is no such name, which stops the server from starting
     */
    static Optional<ListedDomains> of(Config.Scope options, String option) {
        return Optional.ofNullable(options.getArray(option))
                .map(names -> new ListedDomains(Arrays.stream(names)
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .map(name -> parse(option, name))
                        .collect(Collectors.toSet())));
    }

    private static String parse(String option, String name) {
        try {
            return ApiDomain.custom(name).name();
        } catch (IllegalArgumentException notAHost) {
            throw new IllegalArgumentException(
                    "the option " + option + " of gigya-connector names no custom API domain with \"" + name + "\": "
                            + notAHost.getMessage(),
                    notAHost);
        }
    }

    boolean contain(ApiDomain domain) {
        return domain.isCustom() && names.contains(domain.name());
    }

    /**
     * The custom API domains that the operator of a server allows. Data centers are always allowed.
     *
     * @param listed empty where the operator leaves the choice to administrators
     */
    record AllowedDomains(Optional<ListedDomains> listed) {

        /** The option {@code --spi-gigya-connector--pooled--allowed-domains}, a list with commas. */
        static final String OPTION = "allowedDomains";

        /** {@return what the server's options say; a name that is no host stops the server from starting} */
        static AllowedDomains of(Config.Scope options) {
            return new AllowedDomains(ListedDomains.of(options, OPTION));
        }

        void require(ApiDomain domain) throws SettingsException {
            if (domain.isCustom() && listed.isPresent() && !listed.get().contain(domain)) {
                throw new SettingsException("gigyaApiDomainNotAllowed", domain.name());
            }
        }
    }

    /**
     * The custom API domains that publish their own signing keys, as the operator of a server says: the simulator's, and
     * those of networks from which no data center can be reached.
     *
     * <p>At all others, whoever answers at the name (a CNAME that was left behind, a proxy of somebody's) must sign
     * nobody in. Keys from Gigya's own host are not enough for that: an answer of {@code accounts.login} is not signed,
     * requests that are authorised by {@code secret} or {@code bearer} hand out what others can be authorised by, and all
     * of them can be passed on to Gigya. So this server sends such a domain nothing at all and asks the site's data
     * center, which serves every site that it holds, whatever name browsers know it by.
     */
    record KeyDomains(ListedDomains listed) {

        /** The option {@code --spi-gigya-connector--pooled--key-domains}, a list with commas. */
        static final String OPTION = "keyDomains";

        /** {@return what the server's options say; a name that is no host stops the server from starting} */
        static KeyDomains of(Config.Scope options) {
            return new KeyDomains(ListedDomains.of(options, OPTION).orElseGet(() -> new ListedDomains(Set.of())));
        }

        /** {@return a site at the host whose word about it counts} */
        GigyaSite trusted(SiteSettings settings) {
            var site = settings.site();
            return !site.domain().isCustom() || listed.contain(site.domain())
                    ? site
                    : new GigyaSite(ApiDomain.of(settings.dataCenter()), site.apiKey());
        }
    }
}
