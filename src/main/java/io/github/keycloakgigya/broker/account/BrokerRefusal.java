package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
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

    private final KeycloakSession session;
    private final RealmModel realm;
    private final BrokeredIdentityContext context;
    private final FailureReport report;

    /** Ends the sign-in that a context is about, because of a mapper. */
    public BrokerRefusal(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context, String mapper) {
        this.session = session;
        this.realm = realm;
        this.context = context;
        this.report = FailureReport.ofImporter(mapper, context.getIdpConfig().getAlias(), realm);
    }

    /**
     * {@return what to throw: it leads a browser back to the login page with a text, and an app to an OAuth error} The
     * event is sent.
     *
     * @param uid whose sign-in it is, where that is proven
     */
    public WebApplicationException of(SignInException failure, Optional<Uid> uid) {
        var login = Optional.ofNullable(context.getAuthenticationSession());
        var event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(login.isPresent() ? EventType.IDENTITY_PROVIDER_LOGIN : EventType.TOKEN_EXCHANGE)
                .client(session.getContext().getClient())
                .detail(Details.IDENTITY_PROVIDER, context.getIdpConfig().getAlias());
        uid.ifPresent(new SignInEvents(event)::proven);
        report.send(session, failure, event);
        return login.isPresent() ? new WebApplicationException(loginPage(failure)) : oauthError(failure.error());
    }

    private Response loginPage(SignInException failure) {
        var broker = new IdentityBrokerService(session);
        broker.init();
        return broker.error(context.getIdpConfig(), failure.error().messageKey());
    }

    /** {@return what tells an app of a failure} */
    static WebApplicationException oauthError(SignInError error) {
        var refusal = error.refusal();
        return new ErrorResponseException(refusal.error(), refusal.description(), refusal.status());
    }
}
