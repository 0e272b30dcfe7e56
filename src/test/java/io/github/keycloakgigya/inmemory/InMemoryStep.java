package io.github.keycloakgigya.inmemory;

import static org.mockito.Answers.RETURNS_DEEP_STUBS;
import static org.mockito.Answers.RETURNS_SELF;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.mockito.Mockito;

/** A step of a login flow, while a person or an app is at it. */
public abstract class InMemoryStep implements AuthenticationFlowContext {

    /** How a step ended. */
    public enum End {
        SUCCESS,
        CHALLENGE,
        ATTEMPTED,
        CANCELLED
    }

    private final InMemoryKeycloak keycloak;
    private final InMemoryLogin login;
    private final Map<String, String> settings = new HashMap<>();
    private final MultivaluedMap<String, String> posted = new MultivaluedHashMap<>();
    private final LoginFormsProvider form = mock(LoginFormsProvider.class, RETURNS_SELF);
    private final EventBuilder event;
    private final AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
    private UserModel user;
    private End end;
    private Response answer;

    InMemoryStep(InMemoryKeycloak keycloak) {
        this.keycloak = keycloak;
        this.login = keycloak.login();
        this.event = new EventBuilder(keycloak.realm(), keycloak.session()).event(EventType.LOGIN);
        execution.setId("execution");
        execution.setRequirement(AuthenticationExecutionModel.Requirement.REQUIRED);
        keycloak.provide(SecurityHeadersProvider.class, mock(SecurityHeadersProvider.class, RETURNS_DEEP_STUBS));
        Mockito.doAnswer(
                        call -> Response.status(200).entity(call.getArgument(0)).build())
                .when(form)
                .createForm(anyString());
        doAnswer(call -> Response.status(call.<Response.Status>getArgument(0)).build())
                .when(form)
                .createErrorPage(any());
    }

    /** {@return a step of a login that begins now} */
    public static InMemoryStep of(InMemoryKeycloak keycloak) {
        return Partly.of(InMemoryStep.class, keycloak);
    }

    /** Sets a setting of the step. */
    public InMemoryStep with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Posts a parameter. */
    public InMemoryStep posting(String name, String value) {
        posted.putSingle(name, value);
        return this;
    }

    public InMemoryLogin login() {
        return login;
    }

    public End end() {
        return end;
    }

    public Response answer() {
        return answer;
    }

    @Override
    public KeycloakSession getSession() {
        return keycloak.session();
    }

    @Override
    public RealmModel getRealm() {
        return keycloak.realm();
    }

    @Override
    public UserModel getUser() {
        return user;
    }

    @Override
    public void setUser(UserModel ofLogin) {
        user = ofLogin;
        login.setAuthenticatedUser(ofLogin);
    }

    @Override
    public void clearUser() {
        user = null;
        login.setAuthenticatedUser(null);
    }

    @Override
    public EventBuilder getEvent() {
        return event;
    }

    @Override
    public InMemoryLogin getAuthenticationSession() {
        return login;
    }

    @Override
    public AuthenticatorConfigModel getAuthenticatorConfig() {
        var config = new AuthenticatorConfigModel();
        config.setConfig(settings);
        return config;
    }

    @Override
    public AuthenticationExecutionModel getExecution() {
        return execution;
    }

    @Override
    public HttpRequest getHttpRequest() {
        var request = mock(HttpRequest.class);
        Mockito.when(request.getDecodedFormParameters()).thenReturn(posted);
        return request;
    }

    @Override
    public BruteForceProtector getProtector() {
        return mock(BruteForceProtector.class);
    }

    @Override
    public LoginFormsProvider form() {
        return form;
    }

    @Override
    public URI getRefreshUrl(boolean authSessionIdParam) {
        return URI.create("https://id.example.com/realms/shop/login-actions/authenticate?tab_id=tab");
    }

    @Override
    public void success() {
        end = End.SUCCESS;
    }

    @Override
    public void success(String credentialType) {
        success();
    }

    @Override
    public void failureChallenge(AuthenticationFlowError error, Response challenge) {
        challenge(challenge);
    }

    @Override
    public void challenge(Response challenge) {
        end = End.CHALLENGE;
        answer = challenge;
    }

    @Override
    public void attempted() {
        end = End.ATTEMPTED;
    }

    @Override
    public void cancelLogin() {
        end = End.CANCELLED;
    }
}
