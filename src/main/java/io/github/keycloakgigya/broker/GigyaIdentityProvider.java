package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.broker.grant.AssertionGrant;
import io.github.keycloakgigya.broker.grant.AssertionGrant.AssertionRules;
import io.github.keycloakgigya.broker.grant.TokenExchange;
import io.github.keycloakgigya.broker.mapper.MappedFields;
import io.github.keycloakgigya.broker.signin.GigyaIdentityProviderConfig;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.federation.JpaUserLock.UserToWrite;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.ExchangeExternalToken;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;

/** The identity provider {@code gigya} of one request: takes people to its page, and brings what the account says. */
public final class GigyaIdentityProvider extends AbstractIdentityProvider<GigyaIdentityProviderConfig>
        implements ExchangeExternalToken, AssertionRules, MappedFields.Keeper {

    private static final Logger LOG = Logger.getLogger(GigyaIdentityProvider.class);

    private final ProviderContext provider;

    public GigyaIdentityProvider(
            KeycloakSession session, GigyaIdentityProviderConfig config, MappedFields.Memory remembered) {
        super(session, config);
        this.provider = new ProviderContext(this, new MappedFields(remembered, config.getInternalId()));
    }

    /** {@inheritDoc} */
    @Override
    public Response performLogin(AuthenticationRequest request) {
        return new BrokerPage(session, provider, request.getAuthenticationSession(), Clock.systemUTC()).begin();
    }

    /** {@inheritDoc} */
    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return new BrokerEndpoint(session, realm, provider, callback, event);
    }

    /** {@inheritDoc} */
    @Override
    public void importNewUser(
            KeycloakSession keycloak, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        AccountLinks.rememberUid(user, new Uid(context.getId()));
        if (context.getAuthenticationSession() == null) {
            TokenExchange.completeNew(user, context);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebApplicationException where it is not the user of this account
     */
    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloak, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        ReachableUsers.of(keycloak, realm, getConfig()).requireAtLast(user, new Uid(context.getId()), context);
        var written = new UserToWrite(keycloak, user);
        AccountLinks.rememberUid(written, new Uid(context.getId()));
        AccountLinks.importFirst(context, keycloak, realm, user);
        updateEmail(written, context);
        if (context.getAuthenticationSession() == null) {
            TokenExchange.updateKnown(written, context);
        }
    }

    /** {@inheritDoc} An address counts as verified by what Gigya said of that very address, or by {@code trustEmail}. */
    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        BrokeredAccount.updateEmail(user, context);
    }

    /** {@inheritDoc} Such as the alias, or the issuer of the site's tokens. */
    @Override
    public boolean isIssuer(String issuer, MultivaluedMap<String, String> parameters) {
        if (getConfig().getAlias().equals(issuer)) {
            return true;
        }
        try {
            return provider.settings(session).isIssuer(issuer);
        } catch (SettingsException wrong) {
            LOG.debugf("The identity provider %s can't be used: %s", getConfig().getAlias(), wrong.getMessage());
            return false;
        }
    }

    /** {@inheritDoc} */
    @Override
    public BrokeredIdentityContext exchangeExternal(TokenExchangeProvider exchange, TokenExchangeContext request) {
        return new TokenExchange(session, provider, request).account();
    }

    /** {@inheritDoc} The session counts as one that came in here, so that its end is passed on to Gigya. */
    @Override
    public void exchangeExternalComplete(
            UserSessionModel userSession, BrokeredIdentityContext context, MultivaluedMap<String, String> parameters) {
        userSession.setNote(Details.IDENTITY_PROVIDER, getConfig().getAlias());
        userSession.setNote(Details.IDENTITY_PROVIDER_USERNAME, context.getUsername());
    }

    // No @Override: Keycloak 26.5 does not have it.
    public boolean isType(KeycloakSession keycloak, IdentityProviderType type) {
        return type == IdentityProviderType.JWT_AUTHORIZATION_GRANT
                ? getConfig().takesGrants()
                : super.isType(keycloak, type);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IdentityBrokerException whose message says why, as {@code gigya_error: description}
     */
    @Override
    public BrokeredIdentityContext validateAuthorizationGrantAssertion(JWTAuthorizationGrantValidationContext request) {
        return new AssertionGrant(session, provider).account(request.getAssertion());
    }

    /** {@inheritDoc} */
    @Override
    public List<String> getAllowedAudienceForJWTGrant() {
        return List.of(AcceptedTokens.issuer(session));
    }

    /** {@inheritDoc} Nothing is kept that could be handed out. */
    @Override
    @Deprecated
    public Response retrieveToken(KeycloakSession keycloak, FederatedIdentityModel identity) {
        return exchangeNotSupported();
    }

    // No @Override: Keycloak 26.5 does not have it.
    public Response retrieveToken(
            KeycloakSession keycloak, FederatedIdentityModel identity, UserSessionModel userSession, UserModel user) {
        return exchangeNotSupported();
    }

    /** {@inheritDoc} */
    @Override
    public void backchannelLogout(
            KeycloakSession keycloak, UserSessionModel userSession, UriInfo uriInfo, RealmModel realm) {
        BrokeredSignOut.passOn(userSession, session, realm, provider);
    }

    /**
     * {@inheritDoc}
     *
     * @return null: the browser is not sent to Gigya
     */
    @Override
    public Response keycloakInitiatedBrowserLogout(
            KeycloakSession keycloak, UserSessionModel userSession, UriInfo uriInfo, RealmModel realm) {
        BrokeredSignOut.passOn(userSession, session, realm, provider);
        return null;
    }

    /** {@inheritDoc} */
    @Override
    public MappedFields mappedFields() {
        return provider.mappedFields();
    }

    /** {@return the provider as the steps of this request see it} */
    public ProviderContext context() {
        return provider;
    }
}
