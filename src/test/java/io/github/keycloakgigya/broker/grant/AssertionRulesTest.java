package io.github.keycloakgigya.broker.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloakgigya.broker.GigyaIdentityProvider;
import io.github.keycloakgigya.broker.mapper.MappedFields;
import io.github.keycloakgigya.broker.signin.GigyaIdentityProviderConfig;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.JWTAuthorizationGrantProvider;
import org.keycloak.models.KeycloakSession;

class AssertionRulesTest {

    private final JWTAuthorizationGrantProvider<?> provider = new GigyaIdentityProvider(
            mock(KeycloakSession.class), new GigyaIdentityProviderConfig(), new MappedFields.Memory());

    // A method of the same name in Keycloak's own base class would win over these.
    @Test
    void keycloak_asks_these_rules_and_no_others() {
        assertThat(provider.getAllowedClockSkew()).isEqualTo(AssertionGrant.CLOCK_SKEW);
        assertThat(provider.isAssertionReuseAllowed()).isTrue();
        assertThat(provider.getMaxAllowedExpiration()).isEqualTo(Integer.MAX_VALUE);
        assertThat(provider.getAssertionSignatureAlg()).isEqualTo("RS256");
        assertThat(provider.isLimitAccessTokenExpiration()).isFalse();
    }
}
