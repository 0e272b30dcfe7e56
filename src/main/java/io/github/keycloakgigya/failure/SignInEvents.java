package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.settings.LateEvents;
import org.keycloak.events.Errors;
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
    public void proven(String uid) {
        event.detail(UID, uid);
    }

    /** Sends the failure, after the transaction of the session. */
    public void failed(SignInException failure, KeycloakSession session) {
        explain(failure);
        new LateEvents(session).send(event, errorOf(failure.error()));
    }

    /** Adds why the sign-in failed to an event that somebody else sends. */
    public void explain(SignInException failure) {
        event.detail(ERROR, failure.error().code());
        failure.gigyaFailure().ifPresent(gigya -> {
            gigya.errorCode().ifPresent(code -> event.detail(ERROR_CODE, Integer.toString(code)));
            gigya.callId().ifPresent(callId -> event.detail(CALL_ID, callId));
        });
    }

    private static String errorOf(SignInError error) {
        return switch (error) {
            case PROOF_INVALID, PROOF_REPLAYED -> Errors.INVALID_USER_CREDENTIALS;
            case PROOF_EXPIRED -> Errors.EXPIRED_CODE;
            case ACCOUNT_NOT_FOUND -> Errors.USER_NOT_FOUND;
            case ACCOUNT_DISABLED -> Errors.USER_DISABLED;
            case ACCOUNT_INCOMPLETE -> Errors.RESOLVE_REQUIRED_ACTIONS;
            case ACCOUNT_CONFLICT -> Errors.USERNAME_IN_USE;
            case GIGYA_UNAVAILABLE -> Errors.IDENTITY_PROVIDER_ERROR;
            case GIGYA_MISCONFIGURED -> Errors.INVALID_CONFIG;
        };
    }
}
