package io.github.keycloakgigya.broker.grant;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.broker.signin.GigyaIdentityProviderConfig;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.token.TokenExpectation;
import java.time.Clock;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.JWTAuthorizationGrantProvider;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A token of {@code accounts.getJWT} that an app shows as an authorization grant (RFC 7523).
 *
 * <p>Keycloak finds the provider by the token's issuer, and signs in only who is linked already
 * (JWTAuthorizationGrantType of 26.7). RFC 7523, section 3, wants the realm as the audience, so the token that comes
 * along with a sign-in, which has none, will not do.
 */
public final class AssertionGrant {

    /** How far clocks may differ, in seconds. */
    static final int CLOCK_SKEW = (int) TokenExpectation.CLOCK_SKEW.toSeconds();

    private final KeycloakSession session;
    private final ProviderContext provider;

    /** Takes assertions for a provider. */
    public AssertionGrant(KeycloakSession session, ProviderContext provider) {
        this.session = session;
        this.provider = provider;
    }

    /**
     * {@return the account that the assertion is about}
     *
     * @throws IdentityBrokerException saying why there is none; Keycloak tells its message to the app and the event
     */
    public BrokeredIdentityContext account(String assertion) {
        requireGrants();
        try {
            var realm = session.getContext().getRealm();
            var signIn = new BrokeredSignIn(session, realm, provider, Clock.systemUTC());
            var uid = signIn.uid(assertion, AcceptedTokens.madeFor(AcceptedTokens.issuer(session)));
            var account = signIn.account(uid, LoginDemands.none());
            importInto(realm, account, uid);
            GigyaConnector.metersOf(session).signIns().succeeded(Door.JWT_GRANT);
            return account;
        } catch (SignInException failed) {
            throw refusal(failed);
        } catch (SettingsException wrong) {
            throw refusal(SignInException.of(wrong));
        }
    }

    // Keycloak runs no mappers here, and finds the user linked
    // already the next time (JWTAuthorizationGrantType of 26.7).
    private void importInto(RealmModel realm, BrokeredIdentityContext account, Uid uid) {
        new AccountLinks(session, realm, provider.alias())
                .found(uid)
                .ifPresent(user -> AccountLinks.importFirst(account, session, realm, user));
    }

    // Keycloak 26.5 looks for the issuer alone (DefaultAlternativeLookupProvider).
    private void requireGrants() {
        if (!provider.config().takesGrants()) {
            throw refusal(SignInError.NO_GRANTS);
        }
        if (provider.config().linksOnly()) {
            throw refusal(SignInError.LINK_ONLY);
        }
    }

    private IdentityBrokerException refusal(SignInError error) {
        return refusal(SignInException.of(error, error.refusal().description()));
    }

    private IdentityBrokerException refusal(SignInException failed) {
        var report =
                FailureReport.ofGrant(provider.alias(), session.getContext().getRealm());
        report.tell(session, failed);
        var error = failed.error();
        return new IdentityBrokerException(error.code() + ": " + error.refusal().description());
    }

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
}
