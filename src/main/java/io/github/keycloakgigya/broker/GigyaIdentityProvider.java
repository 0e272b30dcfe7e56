package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.VaultSecrets;
import io.github.keycloakgigya.signin.GigyaSignOut;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** The identity provider {@code gigya} of one request: takes people to its page, and brings what the account says. */
public final class GigyaIdentityProvider extends AbstractIdentityProvider<GigyaIdentityProviderConfig> {

    private static final Logger LOG = Logger.getLogger(GigyaIdentityProvider.class);

    GigyaIdentityProvider(KeycloakSession session, GigyaIdentityProviderConfig config) {
        super(session, config);
    }

    /**
     * {@inheritDoc} Sends the browser to {@link BrokerEndpoint}: the address that Keycloak calls this at is good for one
     * request, and a page has to live longer.
     */
    @Override
    public Response performLogin(AuthenticationRequest request) {
        var login = new BrokerLogin(session, this, request.getAuthenticationSession());
        return Response.seeOther(login.pageUri()).build();
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
    }

    /** {@inheritDoc} */
    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloak, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        new LinkedUid(user).remember(context.getId());
        new FirstLink(context).importInto(keycloak, realm, user);
        updateEmail(user, context);
    }

    /** {@inheritDoc} An address counts as verified by what Gigya said of that very address, or by {@code trustEmail}. */
    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        new BrokeredEmail(context).update(user);
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
        var settings = ProviderSettings.parse(ProviderSettings.reader(getConfig()), new VaultSecrets(session));
        session.getProvider(GigyaConnector.class)
                .requireAllowed(settings.site().site().domain());
        return settings;
    }

    /** {@return whether the provider may only be linked, and not be signed in with} */
    boolean isLinkOnly() {
        return Boolean.TRUE.equals(getConfig().isLinkOnly());
    }
}
