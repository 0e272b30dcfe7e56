package io.github.keycloakgigya.signin;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login that keeps its notes as Keycloak's does.
 *
 * @param model as Keycloak hands it out
 * @param authNotes those that a restart of the login drops
 * @param clientNotes those of the request that began it
 */
record NotedLogin(AuthenticationSessionModel model, Map<String, String> authNotes, Map<String, String> clientNotes) {

    static NotedLogin begin() {
        var login = new NotedLogin(mock(AuthenticationSessionModel.class), new HashMap<>(), new HashMap<>());
        login.keepNotes();
        return login;
    }

    private void keepNotes() {
        when(model.getAuthNote(anyString())).thenAnswer(call -> authNotes.get(call.<String>getArgument(0)));
        doAnswer(call -> authNotes.put(call.getArgument(0), call.getArgument(1)))
                .when(model)
                .setAuthNote(anyString(), anyString());
        doAnswer(call -> authNotes.remove(call.<String>getArgument(0)))
                .when(model)
                .removeAuthNote(anyString());
        when(model.getClientNote(anyString())).thenAnswer(call -> clientNotes.get(call.<String>getArgument(0)));
        doAnswer(call -> clientNotes.put(call.getArgument(0), call.getArgument(1)))
                .when(model)
                .setClientNote(anyString(), anyString());
    }
}
