package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;

/**
 * What Keycloak's own identity provider {@code oidc} has proven: an id token of an OpenID provider, whose signature and
 * times it has verified with keys that come from Gigya.
 */
final class OpenIdProof {

    private static final Logger LOG = Logger.getLogger(OpenIdProof.class);

    private static final String CLIENT_ID = "clientId";
    private static final String HTTPS = "https";

    private OpenIdProof() {}

    /**
     * Makes sure that a provider takes the keys that it verifies id tokens with from Gigya. Who chooses them can sign in as
     * everybody whose UID they know.
     *
     * @param provider of kind {@code oidc}
     * @param site at the host whose word about it counts
     * @throws SettingsException where they are typed in, or come from another host than that of the OpenID provider there
     */
    static void requireKeysOf(GigyaSite site, IdentityProviderModel provider) throws SettingsException {
        var host = URI.create(site.domain().openIdIssuer(site.apiKey())).getAuthority();
        var isFetched = Boolean.parseBoolean(provider.getConfig().get(OIDCIdentityProviderConfig.USE_JWKS_URL));
        if (!isFetched || !isAt(host, provider.getConfig().get(OIDCIdentityProviderConfig.JWKS_URL))) {
            throw new SettingsException("gigyaImporterKeys", provider.getAlias(), host);
        }
    }

    private static boolean isAt(String host, String address) {
        try {
            var url = URI.create(address == null ? "" : address.strip());
            return HTTPS.equalsIgnoreCase(url.getScheme()) && host.equalsIgnoreCase(url.getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /**
     * {@return the UID that the token is about}
     *
     * @param site whose OpenID provider must have issued it, or that of another site of its group
     * @throws SignInException where there is no such token, or it is another issuer's or another client's
     */
    static Uid uid(BrokeredIdentityContext context, SiteSettings site) throws SignInException {
        var token = token(context).orElseThrow(() -> refused("the identity provider brought no id token"));
        requireIssuer(context, site, token);
        // Keycloak does not look at the audience of every token that is exchanged (OIDCIdentityProvider of 26.7).
        if (!token.hasAudience(context.getIdpConfig().getConfig().get(CLIENT_ID))) {
            throw refused("the id token was issued to another client");
        }
        return Uid.of(token.getSubject())
                .filter(uid -> uid.value().equals(context.getId()))
                .orElseThrow(() -> refused("the id token's subject is not the UID that signs in"));
    }

    /**
     * Lets the token say whether an address is verified. Keycloak asks the token whether the address is verified that
     * the context holds (OIDCIdentityProvider.setEmailVerified of 26.7), but the token speaks of its own address.
     */
    static void sayVerified(BrokeredIdentityContext context, boolean verified) {
        token(context).ifPresent(token -> token.setOtherClaims(IDToken.EMAIL_VERIFIED, verified));
    }

    private static Optional<JsonWebToken> token(BrokeredIdentityContext context) {
        return context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token
                ? Optional.of(token)
                : Optional.empty();
    }

    private static void requireIssuer(BrokeredIdentityContext context, SiteSettings site, JsonWebToken token)
            throws SignInException {
        var domain = site.site().domain();
        if (site.proofApiKeys().stream()
                .map(domain::openIdIssuer)
                .noneMatch(issuer -> Objects.equals(issuer, token.getIssuer()))) {
            LOG.warnf(
                    "The identity provider %s brought an id token that is not of %s",
                    context.getIdpConfig().getAlias(),
                    domain.openIdIssuer(site.site().apiKey()));
            throw refused("the id token is of another issuer");
        }
    }

    private static SignInException refused(String why) {
        return SignInException.of(SignInError.PROOF_INVALID, why);
    }
}
