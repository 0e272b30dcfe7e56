package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.settings.SettingsException;
import org.jboss.logging.Logger;

/** What an app may call the issuer of a token that it exchanges: the provider's alias, or as the site's tokens do. */
final class IssuerNames {

    private static final Logger LOG = Logger.getLogger(IssuerNames.class);

    private final GigyaIdentityProvider provider;

    IssuerNames(GigyaIdentityProvider provider) {
        this.provider = provider;
    }

    /** {@return whether this is one of them} */
    boolean contain(String issuer) {
        var alias = provider.getConfig().getAlias();
        if (alias.equals(issuer)) {
            return true;
        }
        try {
            return provider.settings().isIssuer(issuer);
        } catch (SettingsException wrong) {
            LOG.debugf("The identity provider %s can't be used: %s", alias, wrong.getMessage());
            return false;
        }
    }
}
