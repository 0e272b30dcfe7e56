package io.github.keycloakgigya.api;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call ended. Holds no secret, no token and nothing of a person.
 *
 * @param outcome what it means
 * @param errorCode Gigya's error code; empty where the call succeeded, or Gigya did not answer
 * @param callId Gigya's id of the call, which its support asks for; empty where Gigya did not answer
 */
public record CallEnd(CallOutcome outcome, OptionalInt errorCode, Optional<String> callId) {

    /** A call that something unexpected broke off. */
    public static final CallEnd BROKEN = new CallEnd(CallOutcome.UNAVAILABLE, OptionalInt.empty(), Optional.empty());

    /** {@return the end of a call that succeeded} */
    public static CallEnd success(Optional<String> callId) {
        return new CallEnd(CallOutcome.SUCCESS, OptionalInt.empty(), callId);
    }

    /** {@return the end of a call that failed} */
    public static CallEnd failure(GigyaException failure) {
        return new CallEnd(CallOutcome.of(failure), failure.errorCode(), failure.callId());
    }
}
