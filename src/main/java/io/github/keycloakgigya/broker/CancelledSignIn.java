package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.signin.ProviderContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.browser.IdentityProviderAuthenticatorFactory;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Leads a person back who cancels the sign-in through the identity provider. Keycloak's own way says "Access denied" in
 * red (IdentityBrokerService of 26.7), to somebody who only wants to choose another way.
 */
final class CancelledSignIn {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ProviderContext provider;
    private final AuthenticationCallback callback;
    private final AuthenticationSessionModel login;

    CancelledSignIn(
            KeycloakSession session,
            RealmModel realm,
            ProviderContext provider,
            AuthenticationCallback callback,
            AuthenticationSessionModel login) {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.callback = callback;
        this.login = login;
    }

    /** {@return the way to the login page, or to the application where an account was about to be linked} */
    Response leadBack() {
        if (new BrokerLogin(session, provider, login).isLinking() || isSentOnUnasked()) {
            return callback.cancelled(provider.config());
        }
        // Who was sent here by the application's hint would be sent here again.
        login.removeClientNote(AdapterConstants.KC_IDP_HINT);
        var loginPage = new AuthenticationFlowURLHelper(
                        session, realm, session.getContext().getUri())
                .getLastExecutionUrl(login);
        return Response.seeOther(loginPage).build();
    }

    // The login page of such a flow is seen only after an error (IdentityProviderAuthenticator of 26.7).
    private boolean isSentOnUnasked() {
        return steps(AuthenticationFlowResolver.resolveBrowserFlow(login).getId())
                .filter(step -> IdentityProviderAuthenticatorFactory.PROVIDER_ID.equals(step.getAuthenticator()))
                .flatMap(step -> Optional.ofNullable(step.getAuthenticatorConfig()).stream())
                .flatMap(id -> Optional.ofNullable(realm.getAuthenticatorConfigById(id)).stream())
                .map(config -> config.getConfig().get(IdentityProviderAuthenticatorFactory.DEFAULT_PROVIDER))
                .anyMatch(alias -> alias != null && !alias.isBlank());
    }

    private Stream<AuthenticationExecutionModel> steps(String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(step -> !step.isDisabled())
                .flatMap(step -> step.isAuthenticatorFlow() ? steps(step.getFlowId()) : Stream.of(step));
    }
}
