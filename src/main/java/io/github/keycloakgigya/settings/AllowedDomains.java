package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.ApiDomain;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.Config;

/**
 * The custom API domains that the operator of a server allows. Data centers are always allowed.
 *
 * @param names {@code host} or {@code host:port} each; empty where the operator leaves the choice to administrators
 */
record AllowedDomains(Optional<Set<String>> names) {

    /** The option {@code --spi-gigya-connector--pooled--allowed-domains}, a list with commas. */
    static final String OPTION = "allowedDomains";

    /** {@return what the server's options say; a name that is no host stops the server from starting} */
    static AllowedDomains of(Config.Scope options) {
        return new AllowedDomains(Optional.ofNullable(options.getArray(OPTION)).map(AllowedDomains::parse));
    }

    private static Set<String> parse(String[] names) {
        return Arrays.stream(names)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(ApiDomain::custom)
                .map(ApiDomain::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return whether the operator named the domain} */
    boolean name(ApiDomain domain) {
        return names.isPresent() && names.get().contains(domain.name());
    }

    void require(ApiDomain domain) throws SettingsException {
        if (domain.isCustom() && names.isPresent() && !name(domain)) {
            throw new SettingsException("gigyaApiDomainNotAllowed", domain.name());
        }
    }
}
