package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.ApiDomain;
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
}
