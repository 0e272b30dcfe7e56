package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.failure.SignInEvents.LateEvents;
import io.github.keycloakgigya.settings.connector.StubRequest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakTransaction;

/** When the event of a failure is sent. */
class LateEventsTest {

    private final StubRequest request = new StubRequest();
    private final EventBuilder event = mock(EventBuilder.class);
    private final EventBuilder asItIsNow = mock(EventBuilder.class);

    @BeforeEach
    void an_event() {
        when(event.clone()).thenReturn(asItIsNow);
    }

    static List<Consumer<KeycloakTransaction>> ends() {
        return List.of(KeycloakTransaction::commit, KeycloakTransaction::rollback);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void it_is_sent_once_the_transaction_has_ended_either_way(Consumer<KeycloakTransaction> end) {
        new LateEvents(request.session()).send(event, "invalid_config");
        verify(asItIsNow, never()).error(any());

        request.complete(end);

        verify(asItIsNow).error("invalid_config");
        verify(event, never()).error(any());
    }

    @Test
    void without_a_transaction_it_is_sent_at_once() {
        request.complete(KeycloakTransaction::commit);

        new LateEvents(request.session()).send(event, "invalid_config");

        verify(asItIsNow).error("invalid_config");
    }

    @Test
    void an_event_that_cannot_be_stored_breaks_no_answer() {
        doThrow(new IllegalStateException("no connection")).when(asItIsNow).error(any());
        new LateEvents(request.session()).send(event, "invalid_config");

        assertThatCode(() -> request.complete(KeycloakTransaction::commit)).doesNotThrowAnyException();
    }
}
