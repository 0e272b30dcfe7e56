package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.AcceptedTokens;
import io.github.keycloakgigya.signin.GigyaSignOut;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.ExchangeExternalToken;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.JWTAuthorizationGrantProvider;
import org.keycloak.crypto.Algorithm;
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
        implements ExchangeExternalToken, JWTAuthorizationGrantProvider<GigyaIdentityProviderConfig> {

    private static final Logger LOG = Logger.getLogger(GigyaIdentityProvider.class);

    private final RememberedFields remembered;
    private final Set<GigyaField> mapped = new LinkedHashSet<>();

    GigyaIdentityProvider(KeycloakSession session, GigyaIdentityProviderConfig config, RememberedFields remembered) {
        super(session, config);
        this.remembered = remembered;
    }

    /**
     * {@inheritDoc} Shows the page at once, where it names nobody. The address that Keycloak calls this at is good for one
     * request, so the page's script puts the one of {@link BrokerEndpoint} in its place.
     */
    @Override
    public Response performLogin(AuthenticationRequest request) {
        var login = request.getAuthenticationSession();
        var brokerLogin = new BrokerLogin(session, this, login);
        var page = new BrokerPage(session, this, login, Clock.systemUTC());
        if (!brokerLogin.isLinking() && !page.namesSomebody()) {
            try {
                return page.render(Optional.empty());
            } catch (SettingsException unusable) {
                LOG.debugf("The page can't be shown: %s", unusable.getMessage());
            }
        }
        // There the failure becomes an event and a message, and no browser keeps the page: here Keycloak lets it
        // (IdentityBrokerService of 26.7). A required action, which links too, would keep the page without its headers
        // (BrowserHistoryHelper).
        return Response.seeOther(brokerLogin.pageUri()).build();
    }

    /** {@inheritDoc} */
    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return new BrokerEndpoint(session, realm, this, callback, event);
    }

    /** {@inheritDoc} */
    @Override
    public void importNewUser(
            KeycloakSession keycloak, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        new LinkedUid(user).remember(context.getId());
        if (context.getAuthenticationSession() == null) {
            new ExchangedUser(user, context).imported();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloak, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        new LinkedUid(user).remember(context.getId());
        new FirstLink(context).importInto(keycloak, realm, user);
        updateEmail(user, context);
        if (context.getAuthenticationSession() == null) {
            new ExchangedUser(user, context).update();
        }
    }

    /** {@inheritDoc} An address counts as verified by what Gigya said of that very address, or by {@code trustEmail}. */
    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        new BrokeredEmail(context).update(user);
    }

    /** {@inheritDoc} Such as the alias, or the issuer of the site's tokens. */
    @Override
    public boolean isIssuer(String issuer, MultivaluedMap<String, String> parameters) {
        if (getConfig().getAlias().equals(issuer)) {
            return true;
        }
        try {
            return settings().isIssuer(issuer);
        } catch (SettingsException wrong) {
            LOG.debugf("The identity provider %s can't be used: %s", getConfig().getAlias(), wrong.getMessage());
            return false;
        }
    }

    /** {@inheritDoc} */
    @Override
    public BrokeredIdentityContext exchangeExternal(TokenExchangeProvider exchange, TokenExchangeContext request) {
        return new TokenExchange(session, this, request).account();
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
        return new AssertionGrant(session, this).account(request.getAssertion());
    }

    /** {@inheritDoc} In seconds. */
    @Override
    public int getAllowedClockSkew() {
        return AssertionGrant.CLOCK_SKEW;
    }

    /**
     * {@inheritDoc} It is not: {@link AssertionGrant} has used the assertion up by then. Keycloak's own check goes by
     * {@code jti}, which Gigya's tokens do not have.
     */
    @Override
    public boolean isAssertionReuseAllowed() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public List<String> getAllowedAudienceForJWTGrant() {
        return List.of(AcceptedTokens.issuer(session));
    }

    /** {@inheritDoc} Unlimited: {@link AssertionGrant} has looked at the assertion's age, which is what counts. */
    @Override
    public int getMaxAllowedExpiration() {
        return Integer.MAX_VALUE;
    }

    /** {@inheritDoc} */
    @Override
    public String getAssertionSignatureAlg() {
        return Algorithm.RS256;
    }

    /** {@inheritDoc} A token of Gigya is a proof of the moment: it does not say how long Keycloak's may live. */
    @Override
    public boolean isLimitAccessTokenExpiration() {
        return false;
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
        signOut(userSession, realm);
    }

    /**
     * {@inheritDoc}
     *
     * @return null: the browser is not sent to Gigya
     */
    @Override
    public Response keycloakInitiatedBrowserLogout(
            KeycloakSession keycloak, UserSessionModel userSession, UriInfo uriInfo, RealmModel realm) {
        signOut(userSession, realm);
        return null;
    }

    private void signOut(UserSessionModel userSession, RealmModel realm) {
        var link = session.users()
                .getFederatedIdentity(realm, userSession.getUser(), getConfig().getAlias());
        if (link == null) {
            return;
        }
        try {
            var settings = settings();
            if (settings.signIn().logoutFromGigya()) {
                var connection = session.getProvider(GigyaConnector.class).connect(settings.site());
                new GigyaSignOut(session).afterCommit(connection, link.getUserId());
            }
        } catch (SettingsException wrong) {
            LOG.warnf(
                    "A sign-out could not be passed on to the identity provider %s: %s",
                    getConfig().getAlias(), wrong.getMessage());
        }
    }

    /**
     * {@return the settings}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    ProviderSettings settings() throws SettingsException {
        return ProviderSettings.of(session, ProviderSettings.reader(getConfig()));
    }

    /** {@return what settings that can't be used mean to who signs in} An administrator reads in the log what is wrong. */
    SignInException misconfigured(Exception wrong) {
        LOG.errorf(
                "The identity provider %s of realm %s can't be used: %s",
                getConfig().getAlias(), session.getContext().getRealm().getName(), wrong.getMessage());
        return SignInException.of(SignInError.GIGYA_MISCONFIGURED, wrong.getMessage());
    }

    /** Tells an administrator of a sign-in that failed because Gigya refuses the settings. */
    void report(SignInException failure) {
        if (failure.isRefusalOfSettings()) {
            LOG.errorf(
                    "Gigya refuses the settings of the identity provider %s of realm %s: %s",
                    getConfig().getAlias(), session.getContext().getRealm().getName(), failure.getMessage());
        }
    }

    /** {@return the fields that mappers needed when somebody last signed in; empty where this is not known} */
    Optional<Set<GigyaField>> rememberedFields() {
        return remembered.of(getConfig().getInternalId());
    }

    /** Notes what a mapper of this sign-in needs. */
    void mapped(Set<GigyaField> fields) {
        mapped.addAll(fields);
    }

    /** Remembers what the mappers of this sign-in needed, after Keycloak went through all of them. */
    void rememberMapped() {
        if (!rememberedFields().equals(Optional.of(mapped))) {
            remembered.put(getConfig().getInternalId(), mapped);
        }
    }

    /** {@return whether the provider may only be linked, and not be signed in with} */
    boolean isLinkOnly() {
        return Boolean.TRUE.equals(getConfig().isLinkOnly());
    }
}
