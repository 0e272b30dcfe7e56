package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call to Gigya that did not succeed. Its message is safe to log: it holds no secret, no token and nothing of a
 * person. It has no cause: messages of other exceptions quote what a server sent, and Keycloak logs whole chains.
 */
public final class GigyaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final int errorCode;
    private final String callId;
    private final transient Duration retryAfter;
    private final DataCenter dataCenter;
    private final boolean tooLarge;

    private GigyaException(
            FailureKind kind,
            String message,
            int errorCode,
            String callId,
            Duration retryAfter,
            DataCenter dataCenter,
            boolean tooLarge) {
        super(message, null, false, true);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.errorCode = errorCode;
        this.callId = callId;
        this.retryAfter = retryAfter;
        this.dataCenter = dataCenter;
        this.tooLarge = tooLarge;
    }

    /** {@return a failure that Gigya answered, with its error code and call id (null where the answer had none)} */
    public static GigyaException answered(FailureKind kind, String message, int errorCode, String callId) {
        return new GigyaException(kind, message, errorCode, callId, null, null, false);
    }

    /** {@return a failure of reaching or understanding Gigya} */
    public static GigyaException unavailable(String message) {
        return new GigyaException(FailureKind.UNAVAILABLE, message, 0, null, null, null, false);
    }

    /** {@return the failure of an answer that held more than is read} */
    public static GigyaException tooLarge(String message) {
        return new GigyaException(FailureKind.UNAVAILABLE, message, 0, null, null, null, true);
    }

    /** {@return the same failure, knowing how long Gigya asked to be left alone} */
    public GigyaException withRetryAfter(Duration wait) {
        return new GigyaException(kind, getMessage(), errorCode, callId, wait, dataCenter, tooLarge);
    }

    /** {@return the same failure, knowing the data center that Gigya says the site is in} */
    public GigyaException withDataCenter(DataCenter suggested) {
        return new GigyaException(kind, getMessage(), errorCode, callId, retryAfter, suggested, tooLarge);
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
        return tooLarge;
    }

    /** {@return how long Gigya asked to be left alone; empty where it did not} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return the data center that Gigya says the site is in; empty where it did not say} */
    public Optional<DataCenter> suggestedDataCenter() {
        return Optional.ofNullable(dataCenter);
    }
}
