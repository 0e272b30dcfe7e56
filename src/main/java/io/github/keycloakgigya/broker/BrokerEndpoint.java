package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.monitoring.Door;
import io.github.keycloakgigya.monitoring.SignInMeters;
import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.Reauthentication;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInEvents;
import io.github.keycloakgigya.signin.SignInException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.resources.SessionCodeChecks;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.services.util.CacheControlUtil;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;

/** What a browser meets at {@code /realms/{realm}/broker/{alias}/endpoint}: the page, and what it posts. */
public final class BrokerEndpoint {

    private static final Logger LOG = Logger.getLogger(BrokerEndpoint.class);
    private static final String CANCEL = "cancel";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GigyaIdentityProvider provider;
    private final AuthenticationCallback callback;
    private final EventBuilder event;
    private final Clock clock = Clock.systemUTC();

    BrokerEndpoint(
            KeycloakSession session,
            RealmModel realm,
            GigyaIdentityProvider provider,
            AuthenticationCallback callback,
            EventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.callback = callback;
        this.event = event;
    }

    /** {@return the page that asks for a proof, or what Keycloak shows where there is no such login} */
    @GET
    public Response page(
            @QueryParam(Constants.CLIENT_ID) String clientId,
            @QueryParam(Constants.TAB_ID) String tabId,
            @QueryParam(Constants.CLIENT_DATA) String clientData) {
        var context = session.getContext();
        var checks = new SessionCodeChecks(
                realm,
                context.getUri(),
                context.getHttpRequest(),
                context.getConnection(),
                session,
                event,
                null,
                null,
                null,
                clientId,
                tabId,
                clientData,
                LoginActionsService.AUTHENTICATE_PATH);
        var login = checks.initialVerifyAuthSession();
        if (login == null) {
            return checks.getResponse();
        }
        context.setAuthenticationSession(login);
        CacheControlUtil.noBackButtonCacheControlHeader(session);
        LocaleUtil.processLocaleParam(session, realm, login);
        if (!Action.AUTHENTICATE.name().equals(login.getAction())) {
            return new AuthenticationFlowURLHelper(session, realm, context.getUri()).showPageExpired(login);
        }
        try {
            requireOffered(login);
            return page(login).render(Optional.empty());
        } catch (SignInException refused) {
            return fail(login, refused);
        } catch (SettingsException wrong) {
            return fail(login, new SettingsReport(session, provider).misconfigured(wrong));
        }
    }

    /**
     * Takes what the page posts.
     *
     * @param state names the login, once
     */
    @POST
    public Response complete(@QueryParam(BrokerLogin.STATE) String state) {
        AuthenticationSessionModel login;
        try {
            login = verified(state);
        } catch (WebApplicationException refused) {
            return refused.getResponse();
        }
        session.getContext().setAuthenticationSession(login);
        var form = session.getContext().getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(CANCEL)) {
            return callback.cancelled(provider.getConfig());
        }
        try {
            requireOffered(login);
            return signIn(login, form);
        } catch (SignInException failed) {
            return fail(login, failed);
        } catch (SettingsException | MapperException wrong) {
            return fail(login, new SettingsReport(session, provider).misconfigured(wrong));
        }
    }

    // Keycloak reads the state before it doubts it (IdentityBrokerState of 26.7).
    private AuthenticationSessionModel verified(String state) {
        try {
            return callback.getAndVerifyAuthenticationSession(
                    Optional.ofNullable(state).orElse(""));
        } catch (WebApplicationException refused) {
            throw refused;
        } catch (RuntimeException unreadable) {
            LOG.debugf(unreadable, "A state that can't be read was posted");
            event.event(EventType.IDENTITY_PROVIDER_LOGIN)
                    .detail(Details.IDENTITY_PROVIDER, alias())
                    .error(Errors.INVALID_CODE);
            throw new WebApplicationException(
                    ErrorPage.error(session, null, Response.Status.BAD_REQUEST, Messages.INVALID_CODE));
        }
    }

    private Response signIn(AuthenticationSessionModel login, MultivaluedMap<String, String> form)
            throws SignInException, SettingsException {
        var brokerLogin = new BrokerLogin(session, provider, login);
        var signIn = new BrokeredSignIn(session, realm, provider, clock);
        var demands = brokerLogin.demands();
        if (demands.freshSince().isEmpty() && new Reauthentication(session, login).isDemanded()) {
            throw SignInException.of(SignInError.PROOF_INVALID, "this login's page was not shown before it was posted");
        }
        var uid = signIn.uid(form, brokerLogin.binding());
        new SignInEvents(event).proven(uid);
        try {
            return handOver(signIn.account(uid, demands, provider.mappedFields().ofLastSignIn()), login);
        } catch (UnaskedFieldException mappersChanged) {
            LOG.debugf("The mappers of %s have changed: the account is read again", alias());
        }
        try {
            return handOver(signIn.account(uid, demands), login);
        } catch (UnaskedFieldException changedAgain) {
            throw SignInException.of(SignInError.GIGYA_UNAVAILABLE, "the mappers changed during the sign-in");
        }
    }

    private Response handOver(BrokeredIdentityContext account, AuthenticationSessionModel login) {
        account.setAuthenticationSession(login);
        var answer = callback.authenticated(account);
        provider.mappedFields().remember();
        signIns().succeeded(Door.IDENTITY_PROVIDER);
        return answer;
    }

    // Whoever knows the address can go past the login page, which does not offer such a provider.
    private void requireOffered(AuthenticationSessionModel login) throws SignInException {
        if (provider.getConfig().linksOnly() && !new BrokerLogin(session, provider, login).isLinking()) {
            throw SignInException.of(SignInError.PROOF_INVALID, "the identity provider is there for linking only")
                    .saying("gigyaErrorLinkOnly");
        }
    }

    private Response fail(AuthenticationSessionModel login, SignInException failure) {
        LOG.debugf("Sign-in failed (%s): %s", failure.error().code(), failure.getMessage());
        signIns().failed(Door.IDENTITY_PROVIDER, failure.error().code());
        new SettingsReport(session, provider).failed(failure);
        event.event(EventType.IDENTITY_PROVIDER_LOGIN)
                .client(login.getClient())
                .detail(Details.IDENTITY_PROVIDER, alias());
        if (new BrokerLogin(session, provider, login).isLinking()) {
            // Keycloak sends the failure to link itself.
            new SignInEvents(event).explain(failure);
            return loginPage(failure);
        }
        // Of the event itself Keycloak makes another one, of the login page that follows.
        new SignInEvents(event.clone()).failed(failure);
        return isRenewing(login) ? askAgain(login, failure) : loginPage(failure);
    }

    private boolean isRenewing(AuthenticationSessionModel login) {
        return !provider.getConfig().linksOnly()
                && new Reauthentication(session, login).user().isPresent();
    }

    // Keycloak's login page says "Please re-authenticate to continue" instead of what went wrong
    // (CookieAuthenticator of 26.7).
    private Response askAgain(AuthenticationSessionModel login, SignInException failure) {
        try {
            return page(login).render(Optional.of(failure));
        } catch (SettingsException unusable) {
            return loginPage(failure);
        }
    }

    private BrokerPage page(AuthenticationSessionModel login) {
        return new BrokerPage(session, provider, login, clock);
    }

    private Response loginPage(SignInException failure) {
        return callback.error(provider.getConfig(), failure.messageKey());
    }

    private SignInMeters signIns() {
        return GigyaConnector.metersOf(session).signIns();
    }

    private String alias() {
        return provider.getConfig().getAlias();
    }
}
