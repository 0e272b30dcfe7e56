package io.github.keycloakgigya.settings.connector;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

/** A Keycloak request, as far as its session's notes and its transaction go. */
public final class StubRequest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transactions = mock(KeycloakTransactionManager.class);
    private final Map<String, Object> notes = new HashMap<>();
    private final List<KeycloakTransaction> afterwards = new ArrayList<>();

    public StubRequest() {
        when(session.getTransactionManager()).thenReturn(transactions);
        when(session.getAttribute(anyString())).thenAnswer(call -> notes.get(call.<String>getArgument(0)));
        doAnswer(call -> notes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        when(transactions.isActive()).thenReturn(true);
        doAnswer(call -> {
                    KeycloakTransaction enlisted = call.getArgument(0);
                    enlisted.begin();
                    return afterwards.add(enlisted);
                })
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    public KeycloakSession session() {
        return session;
    }

    /** As Keycloak does once it has begun to commit. */
    void refuseToEnlist() {
        doThrow(new IllegalStateException("Transaction already completed"))
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    /** Ends the transaction. */
    public void complete(Consumer<KeycloakTransaction> how) {
        afterwards.forEach(how);
        when(transactions.isActive()).thenReturn(false);
    }
}
