package io.github.keycloakgigya.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call to Gigya that did not succeed. Its message is safe to log: it holds no secret, no token and nothing of a
 * person.
 */
public final class GigyaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final int errorCode;
    private final String callId;
    private final transient Duration retryAfter;

    private GigyaException(
            FailureKind kind, String message, int errorCode, String callId, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.errorCode = errorCode;
        this.callId = callId;
        this.retryAfter = retryAfter;
    }

    /** {@return a failure that Gigya answered, with its error code and call id (null where the answer had none)} */
    public static GigyaException answered(FailureKind kind, String message, int errorCode, String callId) {
        return new GigyaException(kind, message, errorCode, callId, null, null);
    }

    /** {@return a failure of reaching or understanding Gigya} */
    public static GigyaException unavailable(String message, Throwable cause) {
        return new GigyaException(FailureKind.UNAVAILABLE, message, 0, null, null, cause);
    }

    /** {@return a failure of reaching or understanding Gigya} */
    public static GigyaException unavailable(String message) {
        return unavailable(message, null);
    }

    /** {@return the same failure, knowing how long Gigya asked to be left alone} */
    public GigyaException withRetryAfter(Duration wait) {
        return new GigyaException(kind, getMessage(), errorCode, callId, wait, getCause());
    }

    /** {@return what the failure means} */
    public FailureKind kind() {
        return kind;
    }

    /** {@return Gigya's error code; empty where Gigya did not answer} */
    public OptionalInt errorCode() {
        return errorCode == 0 ? OptionalInt.empty() : OptionalInt.of(errorCode);
    }

    /** {@return Gigya's id of the call, which its support asks for; empty where Gigya did not answer} */
    public Optional<String> callId() {
        return Optional.ofNullable(callId);
    }

    /** {@return whether the answer held more than is read: one to a smaller question may not} */
    public boolean isTooLarge() {
        return getCause() instanceof AnswerTooLargeException;
    }

    /** {@return how long Gigya asked to be left alone; empty where it did not} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
