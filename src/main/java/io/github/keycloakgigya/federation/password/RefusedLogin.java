package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.federation.FailureDetails;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.settings.LateEvents;
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
import org.keycloak.services.CorsErrorResponseException;
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

    private static final String UID = "gigya_uid";

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

    /** Sends the event, and {@return what ends the request: back to the form, or an OAuth error} */
    WebApplicationException because(RefusedLoginException refused) {
        sendEvent(refused);
        var form = login.filter(RefusedLogin::hasShownAPage);
        return form.isPresent() ? backTo(form.get(), refused.refusal()) : oauthError(refused.refusal());
    }

    private void sendEvent(RefusedLoginException refused) {
        var event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(session.getContext().getClient())
                .user(user)
                .detail(UID, user.getFirstAttribute(FederatedUser.UID))
                .detail(FailureDetails.ERROR, refused.refusal().code());
        login.ifPresent(open -> event.detail(
                        Details.CODE_ID, open.getParentSession().getId())
                .detail(Details.AUTH_METHOD, open.getProtocol())
                .detail(Details.REDIRECT_URI, open.getRedirectUri())
                .detail(Details.USERNAME, open.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME)));
        refused.gigyaFailure().map(FailureDetails::new).ifPresent(details -> details.addTo(event));
        new LateEvents(session).send(event, refused.refusal().eventError());
    }

    // A direct grant begins and ends with one request.
    private static boolean hasShownAPage(AuthenticationSessionModel login) {
        return login.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION) != null;
    }

    // The page of the step that asked for the password is shown again, with the text that this note names.
    private WebApplicationException backTo(AuthenticationSessionModel form, PasswordRefusal refusal) {
        form.setAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, refusal.messageKey());
        var page = new AuthenticationFlowURLHelper(
                        session, realm, session.getContext().getUri())
                .getLastExecutionUrl(form);
        return new WebApplicationException(Response.seeOther(page).build());
    }

    private WebApplicationException oauthError(PasswordRefusal refusal) {
        var status = switch (refusal) {
            case GIGYA_UNAVAILABLE -> Response.Status.SERVICE_UNAVAILABLE;
            case GIGYA_MISCONFIGURED -> Response.Status.INTERNAL_SERVER_ERROR;
            default -> Response.Status.BAD_REQUEST;
        };
        return new CorsErrorResponseException(
                session.getProvider(Cors.class), refusal.oauthError(), refusal.description(), status);
    }
}
