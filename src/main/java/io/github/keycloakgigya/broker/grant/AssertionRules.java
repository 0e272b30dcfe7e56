package io.github.keycloakgigya.broker.grant;

import io.github.keycloakgigya.broker.signin.GigyaIdentityProviderConfig;
import org.keycloak.broker.provider.JWTAuthorizationGrantProvider;
import org.keycloak.crypto.Algorithm;

/** What Keycloak's own checks of an authorization grant go by. Those that count are {@link AssertionGrant}'s. */
public interface AssertionRules extends JWTAuthorizationGrantProvider<GigyaIdentityProviderConfig> {

    /** {@inheritDoc} In seconds. */
    @Override
    default int getAllowedClockSkew() {
        return AssertionGrant.CLOCK_SKEW;
    }

    /**
     * {@inheritDoc} It is not: {@link AssertionGrant} has used the assertion up by then. Keycloak's own check goes by
     * {@code jti}, which Gigya's tokens do not have.
     */
    @Override
    default boolean isAssertionReuseAllowed() {
        return true;
    }

    /** {@inheritDoc} Unlimited: {@link AssertionGrant} has looked at the assertion's age, which is what counts. */
    @Override
    default int getMaxAllowedExpiration() {
        return Integer.MAX_VALUE;
    }

    /** {@inheritDoc} */
    @Override
    default String getAssertionSignatureAlg() {
        return Algorithm.RS256;
    }

    /** {@inheritDoc} A token of Gigya is a proof of the moment: it does not say how long Keycloak's may live. */
    @Override
    default boolean isLimitAccessTokenExpiration() {
        return false;
    }
}
