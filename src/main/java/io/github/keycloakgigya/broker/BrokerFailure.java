package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.Reauthentication;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Ends a request of a login whose sign-in through the identity provider failed. */
final class BrokerFailure {

    private final KeycloakSession session;
    private final ProviderContext provider;
    private final AuthenticationCallback callback;
    private final EventBuilder event;
    private final AuthenticationSessionModel login;

    BrokerFailure(
            KeycloakSession session,
            ProviderContext provider,
            AuthenticationCallback callback,
            EventBuilder event,
            AuthenticationSessionModel login) {
        this.session = session;
        this.provider = provider;
        this.callback = callback;
        this.event = event;
        this.login = login;
    }

    /** Tells the log, the metrics and the event log, and {@return what the person sees}. */
    Response of(SignInException failure) {
        var report = FailureReport.ofPage(provider.alias(), session.getContext().getRealm());
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
            return isRenewing() || page.asksAgainAfter(failure)
                    ? page.render(Optional.of(failure))
                    : loginPage(failure);
        } catch (SettingsException unusable) {
            return loginPage(failure);
        }
    }

    // Keycloak's login page says "Please re-authenticate to continue" then, instead of what went wrong
    // (CookieAuthenticator of 26.7).
    private boolean isRenewing() {
        return !provider.config().linksOnly()
                && new Reauthentication(session, login).user().isPresent();
    }

    private Response loginPage(SignInException failure) {
        return callback.error(provider.config(), failure.error().messageKey());
    }
}
