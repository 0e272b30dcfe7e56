package io.github.keycloakgigya.inmemory;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** A login that has begun in a browser, at an app that speaks OpenID Connect. */
public abstract class InMemoryLogin implements AuthenticationSessionModel {

    private final RealmModel realm;
    private final ClientModel client;
    private final Map<String, String> authNotes = new HashMap<>();
    private final Map<String, String> clientNotes = new HashMap<>();
    private final Map<String, String> userSessionNotes = new HashMap<>();
    private UserModel user;
    private String action = Action.AUTHENTICATE.name();

    protected InMemoryLogin(RealmModel realm, ClientModel client) {
        this.realm = realm;
        this.client = client;
    }

    @Override
    public RootAuthenticationSessionModel getParentSession() {
        var root = mock(RootAuthenticationSessionModel.class);
        when(root.getId()).thenReturn("root");
        return root;
    }

    @Override
    public String getTabId() {
        return "tab";
    }

    @Override
    public RealmModel getRealm() {
        return realm;
    }

    @Override
    public ClientModel getClient() {
        return client;
    }

    @Override
    public String getProtocol() {
        return "openid-connect";
    }

    @Override
    public String getRedirectUri() {
        return "https://app.example.com/";
    }

    @Override
    public String getAction() {
        return action;
    }

    @Override
    public void setAction(String ofLogin) {
        action = ofLogin;
    }

    @Override
    public UserModel getAuthenticatedUser() {
        return user;
    }

    @Override
    public void setAuthenticatedUser(UserModel ofLogin) {
        user = ofLogin;
    }

    @Override
    public void removeAuthNote(String name) {
        authNotes.remove(name);
    }

    @Override
    public String getAuthNote(String name) {
        return authNotes.get(name);
    }

    @Override
    public void setAuthNote(String name, String value) {
        authNotes.put(name, value);
    }

    @Override
    public String getClientNote(String name) {
        return clientNotes.get(name);
    }

    @Override
    public void setClientNote(String name, String value) {
        clientNotes.put(name, value);
    }

    @Override
    public void removeClientNote(String name) {
        clientNotes.remove(name);
    }

    @Override
    public Map<String, String> getUserSessionNotes() {
        return userSessionNotes;
    }

    @Override
    public void setUserSessionNote(String name, String value) {
        userSessionNotes.put(name, value);
    }
}
