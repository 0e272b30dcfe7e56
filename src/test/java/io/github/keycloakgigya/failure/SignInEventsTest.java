package io.github.keycloakgigya.failure;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;

class SignInEventsTest {

    private final EventBuilder event = mock(EventBuilder.class);
    private final SignInEvents events = new SignInEvents(event);

    @Test
    void the_event_tells_whose_sign_in_it_is_once_that_is_proven() {
        events.proven(new Uid("uid"));

        verify(event).detail("gigya_uid", "uid");
    }

    @ParameterizedTest
    @CsvSource({
        "PROOF_INVALID, proof_invalid, invalid_user_credentials",
        "PROOF_REPLAYED, proof_replayed, invalid_user_credentials",
        "PROOF_EXPIRED, proof_expired, expired_code",
        "ACCOUNT_NOT_FOUND, account_not_found, user_not_found",
        "ACCOUNT_DISABLED, account_disabled, user_disabled",
        "ACCOUNT_INCOMPLETE, account_incomplete, resolve_required_actions",
        "ACCOUNT_CONFLICT, account_conflict, username_in_use",
        "ACCOUNT_RELEASED, account_released, not_allowed",
        "GIGYA_UNAVAILABLE, gigya_unavailable, identity_provider_error",
        "GIGYA_MISCONFIGURED, gigya_misconfigured, invalid_config"
    })
    void a_failure_is_an_error_of_keycloaks_with_our_reason_beside_it(
            SignInError error, String reason, String keycloaks) {
        var sent = mock(EventBuilder.class);
        when(event.clone()).thenReturn(sent);
        var session = mock(KeycloakSession.class);
        when(session.getTransactionManager()).thenReturn(mock(KeycloakTransactionManager.class));

        events.failed(SignInException.of(error, "why"), session);

        verify(event).detail("gigya_error", reason);
        verify(sent).error(keycloaks);
    }

    @Test
    void what_gigya_answered_is_told_for_its_support() {
        events.explain(SignInException.of(
                GigyaException.answered(FailureKind.ACCOUNT_DISABLED, "disabled", 403041, "call-1")));

        verify(event).detail("gigya_error", "account_disabled");
        verify(event).detail("gigya_error_code", "403041");
        verify(event).detail("gigya_call_id", "call-1");
        verify(event, never()).error(any());
    }

    @Test
    void where_gigya_did_not_answer_there_is_nothing_to_tell_its_support() {
        events.explain(SignInException.of(GigyaException.unavailable("down")));

        verify(event).detail(eq("gigya_error"), anyString());
        verifyNoMoreInteractions(event);
    }
}
