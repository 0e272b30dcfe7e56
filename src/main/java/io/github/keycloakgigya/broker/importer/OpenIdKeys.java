package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.settings.SettingsException;
import java.net.URI;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.models.IdentityProviderModel;

/**
 * Where an identity provider {@code oidc} of Keycloak's own takes the keys from that it verifies id tokens with. Who
 * chooses them can sign in as everybody whose UID they know.
 */
record OpenIdKeys(IdentityProviderModel provider) {

    private static final String HTTPS = "https";

    /**
     * Makes sure that they come from Gigya.
     *
     * @param site at the host whose word about it counts
     * @throws SettingsException where they are typed in, or come from another host than that of the OpenID provider there
     */
    void requireThoseOf(GigyaSite site) throws SettingsException {
        var host = URI.create(site.domain().openIdIssuer(site.apiKey())).getAuthority();
        if (!isTrue(OIDCIdentityProviderConfig.USE_JWKS_URL) || !isAt(host)) {
            throw new SettingsException("gigyaImporterKeys", provider.getAlias(), host);
        }
    }

    private boolean isTrue(String setting) {
        return Boolean.parseBoolean(provider.getConfig().get(setting));
    }

    private boolean isAt(String host) {
        var address = provider.getConfig().get(OIDCIdentityProviderConfig.JWKS_URL);
        try {
            var url = URI.create(address == null ? "" : address.strip());
            return HTTPS.equalsIgnoreCase(url.getScheme()) && host.equalsIgnoreCase(url.getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
