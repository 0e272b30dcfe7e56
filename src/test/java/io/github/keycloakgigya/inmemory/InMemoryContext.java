package io.github.keycloakgigya.inmemory;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.Token;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The request of a session: from 192.0.2.1, to https://id.example.com. */
public abstract class InMemoryContext implements KeycloakContext {

    static final URI BASE = URI.create("https://id.example.com/");

    private RealmModel realm;
    private ClientModel client;
    private AuthenticationSessionModel login;
    private Token bearerToken;
    private UserModel user;
    private final Map<String, List<String>> sent = new HashMap<>();
    private HttpRequest request;
    private String path = "/realms/shop/login-actions/authenticate";

    protected InMemoryContext() {}

    /** Makes the request one to another path. */
    public void setPath(String ofRequest) {
        path = ofRequest;
    }

    /** Makes the request one of a user, such as an administrator. */
    public void setUser(UserModel ofRequest) {
        user = ofRequest;
    }

    @Override
    public RealmModel getRealm() {
        return realm;
    }

    @Override
    public void setRealm(RealmModel ofRequest) {
        realm = ofRequest;
    }

    @Override
    public ClientModel getClient() {
        return client;
    }

    @Override
    public void setClient(ClientModel ofRequest) {
        client = ofRequest;
    }

    @Override
    public AuthenticationSessionModel getAuthenticationSession() {
        return login;
    }

    @Override
    public void setAuthenticationSession(AuthenticationSessionModel ofRequest) {
        login = ofRequest;
    }

    @Override
    public Token getBearerToken() {
        return bearerToken;
    }

    @Override
    public void setBearerToken(Token token) {
        bearerToken = token;
    }

    @Override
    public UserModel getUser() {
        return user;
    }

    @Override
    public HttpRequest getHttpRequest() {
        return request == null ? requestWithHeaders() : request;
    }

    private HttpRequest requestWithHeaders() {
        var headers = mock(HttpHeaders.class);
        when(headers.getRequestHeader(anyString())).thenAnswer(call -> sent.get(call.<String>getArgument(0)));
        var plain = mock(HttpRequest.class);
        when(plain.getHttpHeaders()).thenReturn(headers);
        return plain;
    }

    @Override
    public void setHttpRequest(HttpRequest ofContext) {
        request = ofContext;
    }

    /** Makes the request one with a header, once or several times. */
    public void setHeader(String name, List<String> values) {
        sent.put(name, values);
    }

    @Override
    public Locale resolveLocale(UserModel ofUser) {
        return Locale.ENGLISH;
    }

    @Override
    public ClientConnection getConnection() {
        var connection = mock(ClientConnection.class);
        when(connection.getRemoteAddr()).thenReturn("192.0.2.1");
        when(connection.getRemoteHost()).thenReturn("192.0.2.1");
        return connection;
    }

    @Override
    public KeycloakUriInfo getUri() {
        var uri = mock(KeycloakUriInfo.class);
        when(uri.getBaseUri()).thenReturn(BASE);
        when(uri.getBaseUriBuilder()).thenAnswer(call -> UriBuilder.fromUri(BASE));
        when(uri.getPath()).thenReturn(path);
        return uri;
    }
}
