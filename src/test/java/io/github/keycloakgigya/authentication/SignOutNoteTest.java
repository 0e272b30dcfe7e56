package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.authentication.GigyaStep.ProvenSignIn.SignOutNote;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

class SignOutNoteTest {

    private final Map<String, String> notes = new HashMap<>();

    @Test
    void a_session_remembers_whose_gigya_session_it_came_from() {
        new SignOutNote("component", new Uid("_guid_a+b/c==")).leaveIn(login());

        assertThat(SignOutNote.of(session())).contains(new SignOutNote("component", new Uid("_guid_a+b/c==")));
    }

    @Test
    void a_session_that_did_not_come_from_gigya_remembers_nothing() {
        notes.put("gigya.uid", "uid");

        assertThat(SignOutNote.of(session())).isEmpty();
    }

    private AuthenticationSessionModel login() {
        var login = mock(AuthenticationSessionModel.class);
        doAnswer(call -> notes.put(call.getArgument(0), call.getArgument(1)))
                .when(login)
                .setUserSessionNote(anyString(), anyString());
        return login;
    }

    private UserSessionModel session() {
        var session = mock(UserSessionModel.class);
        when(session.getNote(anyString())).thenAnswer(call -> notes.get(call.<String>getArgument(0)));
        return session;
    }
}
