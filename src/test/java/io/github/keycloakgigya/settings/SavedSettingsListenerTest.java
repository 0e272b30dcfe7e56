package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.settings.SavedSettingsListener.Save;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;

class SavedSettingsListenerTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transaction = mock(KeycloakTransactionManager.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final List<String> asked = new ArrayList<>();
    private final SavedSettingsListener listener = new SavedSettingsListener(
            session, Set.of(new Save(ResourceType.AUTHENTICATOR_CONFIG, OperationType.UPDATE)), this::refusal);

    @BeforeEach
    void open_a_transaction() {
        var realms = mock(RealmProvider.class);
        when(session.realms()).thenReturn(realms);
        when(realms.getRealm("realm")).thenReturn(realm);
        when(session.getTransactionManager()).thenReturn(transaction);
    }

    @Test
    void what_can_be_used_is_committed() {
        listener.onEvent(event(OperationType.UPDATE, "{\"id\":\"right\"}"), true);

        assertThat(asked).containsExactly("of-path", "right");
        verify(transaction, never()).enlistPrepare(any());
    }

    @Test
    void what_can_not_be_used_keeps_the_transaction_from_committing() {
        listener.onEvent(event(OperationType.UPDATE, "{\"id\":\"wrong\"}"), false);

        verify(transaction).enlistPrepare(any());
    }

    @Test
    void a_representation_without_an_id_leaves_the_path_to_tell() {
        listener.onEvent(event(OperationType.UPDATE, "{}"), true);
        listener.onEvent(event(OperationType.UPDATE, null), true);

        assertThat(asked).containsExactly("of-path", "of-path");
    }

    @Test
    void other_operations_other_kinds_and_failures_are_not_looked_at() {
        listener.onEvent(event(OperationType.DELETE, "{\"id\":\"wrong\"}"), true);
        var otherKind = event(OperationType.UPDATE, "{\"id\":\"wrong\"}");
        otherKind.setResourceType(ResourceType.COMPONENT);
        listener.onEvent(otherKind, true);
        var failed = event(OperationType.UPDATE, "{\"id\":\"wrong\"}");
        failed.setError("refused");
        listener.onEvent(failed, true);

        assertThat(asked).isEmpty();
    }

    private Optional<String> refusal(RealmModel in, String id) {
        assertThat(in).isSameAs(realm);
        asked.add(id);
        return "wrong".equals(id) ? Optional.of("why") : Optional.empty();
    }

    private static AdminEvent event(OperationType operation, String representation) {
        var event = new AdminEvent();
        event.setRealmId("realm");
        event.setResourceType(ResourceType.AUTHENTICATOR_CONFIG);
        event.setOperationType(operation);
        event.setResourcePath("authentication/config/of-path");
        event.setRepresentation(representation);
        return event;
    }
}
