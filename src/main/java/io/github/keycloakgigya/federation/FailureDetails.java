package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.GigyaException;
import org.keycloak.events.EventBuilder;

/**
 * What an event says of a call to Gigya that failed.
 *
 * @param failure of the call
 */
public record FailureDetails(GigyaException failure) {

    /** The detail that names the kind of failure. */
    public static final String ERROR = "gigya_error";

    private static final String ERROR_CODE = "gigya_error_code";
    private static final String CALL_ID = "gigya_call_id";

    /** Adds what Gigya answered, where it did. */
    public void addTo(EventBuilder event) {
        failure.errorCode().ifPresent(code -> event.detail(ERROR_CODE, Integer.toString(code)));
        failure.callId().ifPresent(callId -> event.detail(CALL_ID, callId));
    }
}
