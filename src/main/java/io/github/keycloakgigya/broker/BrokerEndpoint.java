package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.mapper.GigyaMapper.MapperException;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.Reauthentication;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
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
    private final ProviderContext provider;
    private final AuthenticationCallback callback;
    private final EventBuilder event;

    BrokerEndpoint(
            KeycloakSession session,
            RealmModel realm,
            ProviderContext provider,
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
            return new BrokerPage(session, provider, login, Clock.systemUTC()).render(Optional.empty());
        } catch (SignInException refused) {
            return failed(login, refused);
        } catch (SettingsException wrong) {
            return failed(login, SignInException.of(wrong));
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
            return new CancelledSignIn(session, realm, provider, callback, login).leadBack();
        }
        try {
            requireOffered(login);
            return new PostedSignIn(session, realm, provider, callback, event, login).complete(form);
        } catch (SignInException failed) {
            return failed(login, failed);
        } catch (SettingsException wrong) {
            return failed(login, SignInException.of(wrong));
        } catch (MapperException wrong) {
            return failed(login, SignInException.of(wrong.setting()));
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
                    .detail(Details.IDENTITY_PROVIDER, provider.alias())
                    .error(Errors.INVALID_CODE);
            throw new WebApplicationException(
                    ErrorPage.error(session, null, Response.Status.BAD_REQUEST, Messages.INVALID_CODE));
        }
    }

    // Whoever knows the address can go past the login page, which does not offer such a provider.
    private void requireOffered(AuthenticationSessionModel login) throws SignInException {
        if (provider.config().linksOnly() && !new BrokerLogin(session, provider, login).isLinking()) {
            throw SignInException.of(SignInError.LINK_ONLY, "the identity provider is there for linking only");
        }
    }

    /** Tells the log, the metrics and the event log, and {@return what the person sees}. */
    private Response failed(AuthenticationSessionModel login, SignInException failure) {
        var report = FailureReport.ofPage(provider.alias(), realm);
        event.event(EventType.IDENTITY_PROVIDER_LOGIN)
                .client(login.getClient())
                .detail(Details.IDENTITY_PROVIDER, provider.alias());
        if (new BrokerLogin(session, provider, login).isLinking()) {
            // Keycloak sends the failure to link itself.
            report.explain(session, failure, event);
            return loginPage(failure);
        }
        // Of the event itself Keycloak makes another one, of the login page that follows.
        report.send(session, failure, event.clone());
        try {
            var page = new BrokerPage(session, provider, login, Clock.systemUTC());
            return isRenewing(login) || page.asksAgainAfter(failure)
                    ? page.render(Optional.of(failure))
                    : loginPage(failure);
        } catch (SettingsException unusable) {
            return loginPage(failure);
        }
    }

    // Keycloak's login page says "Please re-authenticate to continue" then, instead of what went wrong
    // (CookieAuthenticator of 26.7).
    private boolean isRenewing(AuthenticationSessionModel login) {
        return !provider.config().linksOnly()
                && new Reauthentication(session, login).user().isPresent();
    }

    private Response loginPage(SignInException failure) {
        return callback.error(provider.config(), failure.error().messageKey());
    }
}
