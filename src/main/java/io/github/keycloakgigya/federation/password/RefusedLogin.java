package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.FederatedUser;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How a request with a password ends that is neither right nor wrong.
 *
 * <p>Keycloak takes true or false from whoever checks a password, and counts and reports every false as a wrong one. A
 * {@link WebApplicationException} is what its flows let through as it is, without a failure of the person's
 * (LoginActionsService.processFlow and the token endpoint of 26.7). The event must then be sent here.
 */
final class RefusedLogin {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Optional<AuthenticationSessionModel> login;

    RefusedLogin(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.login = Optional.ofNullable(session.getContext().getAuthenticationSession());
    }

    /**
     * Tells of the failure, and {@return what ends the request: back to the form, or an OAuth error}
     *
     * @param userInLog what a log may call the user
     */
    WebApplicationException because(SignInException refused, String userInLog) {
        var report = FailureReport.ofPassword(userInLog, realm);
        report.send(session, refused, event());
        var form = login.filter(RefusedLogin::hasShownAPage);
        return form.isPresent()
                ? backTo(form.get(), refused.error().messageKey())
                : refused.error().refusal().through(session.getProvider(Cors.class));
    }

    private EventBuilder event() {
        var event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(session.getContext().getClient())
                .user(user);
        FederatedUser.uidOf(user).ifPresent(new SignInEvents(event)::proven);
        login.ifPresent(open -> event.detail(
                        Details.CODE_ID, open.getParentSession().getId())
                .detail(Details.AUTH_METHOD, open.getProtocol())
                .detail(Details.REDIRECT_URI, open.getRedirectUri())
                .detail(Details.USERNAME, open.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME)));
        return event;
    }

    // A direct grant begins and ends with one request.
    private static boolean hasShownAPage(AuthenticationSessionModel login) {
        return login.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION) != null;
    }

    // The page of the step that asked for the password is shown again, with the text that this note names.
    private WebApplicationException backTo(AuthenticationSessionModel form, String messageKey) {
        form.setAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, messageKey);
        var page = new AuthenticationFlowURLHelper(
                        session, realm, session.getContext().getUri())
                .getLastExecutionUrl(form);
        return new WebApplicationException(Response.seeOther(page).build());
    }
}
