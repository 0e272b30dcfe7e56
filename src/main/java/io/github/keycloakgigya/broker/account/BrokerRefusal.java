package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.failure.OAuthRefusal;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.Door;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.IdentityBrokerService;

/**
 * Ends a sign-in through an identity provider that is not of this extension. Keycloak has no failures of mappers, but
 * every caller of theirs answers with the response of a {@link WebApplicationException} (AbstractOAuth2IdentityProvider,
 * TokenEndpoint of 26.7).
 */
public final class BrokerRefusal {

    private static final Logger LOG = Logger.getLogger(BrokerRefusal.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final BrokeredIdentityContext context;

    /** Ends the sign-in that a context is about. */
    public BrokerRefusal(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        this.session = session;
        this.realm = realm;
        this.context = context;
    }

    /**
     * {@return what to throw: it leads a browser back to the login page with a text, and an app to an OAuth error} The
     * event is sent.
     *
     * @param uid whose sign-in it is, where that is proven
     */
    public WebApplicationException of(SignInException failure, Optional<String> uid) {
        LOG.debugf("Sign-in failed (%s): %s", failure.error().code(), failure.getMessage());
        GigyaConnector.metersOf(session)
                .signIns()
                .failed(Door.ACCOUNT_IMPORTER, failure.error().code());
        if (failure.isRefusalOfSettings()) {
            LOG.errorf(
                    "Gigya refuses the settings that a mapper of the identity provider %s of realm %s takes: %s",
                    context.getIdpConfig().getAlias(), realm.getName(), failure.getMessage());
        }
        if (failure.error() == SignInError.GIGYA_UNAVAILABLE) {
            LOG.warnf(
                    "Gigya gave no usable answer for a mapper of the identity provider %s of realm %s: %s",
                    context.getIdpConfig().getAlias(), realm.getName(), failure.getMessage());
        }
        var login = Optional.ofNullable(context.getAuthenticationSession());
        var event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(login.isPresent() ? EventType.IDENTITY_PROVIDER_LOGIN : EventType.TOKEN_EXCHANGE)
                .client(session.getContext().getClient())
                .detail(Details.IDENTITY_PROVIDER, context.getIdpConfig().getAlias());
        var events = new SignInEvents(event);
        uid.ifPresent(events::proven);
        events.failed(failure, session);
        return login.isPresent() ? new WebApplicationException(loginPage(failure)) : oauthError(failure);
    }

    private Response loginPage(SignInException failure) {
        var broker = new IdentityBrokerService(session);
        broker.init();
        return broker.error(context.getIdpConfig(), failure.messageKey());
    }

    /** {@return what tells an app of a failure} */
    static WebApplicationException oauthError(SignInException failure) {
        var refusal = OAuthRefusal.of(failure.error());
        return new ErrorResponseException(refusal.error(), refusal.description(), refusal.status());
    }
}
