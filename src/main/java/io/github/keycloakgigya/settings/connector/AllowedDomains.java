package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.Optional;
import org.keycloak.Config;

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
