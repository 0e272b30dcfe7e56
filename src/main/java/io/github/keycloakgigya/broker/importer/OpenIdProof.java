package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;

/**
 * What Keycloak's own identity provider {@code oidc} has proven: an id token of an OpenID provider, whose signature and
 * times it has verified.
 *
 * @param context of the sign-in
 */
record OpenIdProof(BrokeredIdentityContext context) {

    private static final Logger LOG = Logger.getLogger(OpenIdProof.class);

    private static final String CLIENT_ID = "clientId";

    /**
     * {@return the UID that the token is about}
     *
     * @param site whose OpenID provider must have issued it, or that of another site of its group
     * @throws SignInException where there is no such token, or it is another issuer's or another client's
     */
    Uid uid(SiteSettings site) throws SignInException {
        var token = token().orElseThrow(() -> refused("the identity provider brought no id token"));
        requireIssuer(site, token);
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
    void sayVerified(boolean verified) {
        token().ifPresent(token -> token.setOtherClaims(IDToken.EMAIL_VERIFIED, verified));
    }

    private Optional<JsonWebToken> token() {
        return context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token
                ? Optional.of(token)
                : Optional.empty();
    }

    private void requireIssuer(SiteSettings site, JsonWebToken token) throws SignInException {
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

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "OpenIdProof[]";
    }
}
