package io.github.keycloakgigya.signin;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * A store of single-use objects whose entries belong to the transaction that writes them, as the rows of Keycloak's
 * feature {@code stateless} do: others see them when it commits, and nobody when it fails.
 */
final class RowsOfTransactions {

    private final Map<String, Long> committed = new HashMap<>();
    private final KeycloakSessionFactory sessions = mock(KeycloakSessionFactory.class);
    private Runnable beforeNextRow = () -> {};

    RowsOfTransactions() {
        when(sessions.create()).thenAnswer(call -> session());
    }

    /** {@return a session with a transaction, which ends when the session is closed} */
    KeycloakSession session() {
        var rows = new HashMap<String, Long>();
        var session = mock(KeycloakSession.class);
        var transaction = mock(KeycloakTransactionManager.class);
        var store = mock(SingleUseObjectProvider.class);
        var attributes = new HashMap<String, Object>();
        when(session.getKeycloakSessionFactory()).thenReturn(sessions);
        when(session.getTransactionManager()).thenReturn(transaction);
        when(session.getProvider(SingleUseObjectProvider.class)).thenReturn(store);
        when(session.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        when(store.putIfAbsent(anyString(), anyLong())).thenAnswer(call -> {
            var before = beforeNextRow;
            beforeNextRow = () -> {};
            before.run();
            String key = call.getArgument(0);
            return !committed.containsKey(key) && rows.putIfAbsent(key, call.getArgument(1)) == null;
        });
        when(store.contains(anyString()))
                .thenAnswer(call -> committed.containsKey(call.<String>getArgument(0))
                        || rows.containsKey(call.<String>getArgument(0)));
        doAnswer(call -> {
                    rows.clear();
                    return null;
                })
                .when(transaction)
                .setRollbackOnly();
        doAnswer(call -> {
                    committed.putAll(rows);
                    return null;
                })
                .when(session)
                .close();
        return session;
    }

    /** Has something happen between the question for the next row and the answer. */
    void beforeNextRow(Runnable event) {
        beforeNextRow = event;
    }

    /** {@return the lifespans of the rows that everybody sees, by key} */
    Map<String, Long> committed() {
        return committed;
    }
}
