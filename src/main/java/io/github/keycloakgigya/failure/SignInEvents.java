package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.Uid;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** Writes the details of a sign-in into Keycloak's login events. */
public final class SignInEvents {

    private static final String UID = "gigya_uid";
    private static final String ERROR = "gigya_error";
    private static final String ERROR_CODE = "gigya_error_code";
    private static final String CALL_ID = "gigya_call_id";

    private final EventBuilder event;

    /** Writes into an event that is not sent yet. */
    public SignInEvents(EventBuilder event) {
        this.event = event;
    }

    /** Notes whose sign-in it is, once that is proven. */
    public void proven(Uid uid) {
        event.detail(UID, uid.value());
    }

    /** Sends the failure, after the transaction of the session. */
    void failed(SignInException failure, KeycloakSession session) {
        explain(failure);
        new LateEvents(session).send(event, failure.error().eventError());
    }

    /** Adds why the sign-in failed to an event that somebody else sends. */
    void explain(SignInException failure) {
        event.detail(ERROR, failure.error().code());
        failure.gigyaFailure().ifPresent(gigya -> {
            gigya.errorCode().ifPresent(code -> event.detail(ERROR_CODE, Integer.toString(code)));
            gigya.callId().ifPresent(callId -> event.detail(CALL_ID, callId));
        });
    }
}
