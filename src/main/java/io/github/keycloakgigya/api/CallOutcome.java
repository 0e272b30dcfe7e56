package io.github.keycloakgigya.api;

import java.util.Locale;

/**
 * What the end of a call means to whoever watches the server: a {@link FailureKind}, but for
 * {@link FailureKind#UNAVAILABLE}, whose causes are mended by different people.
 */
public enum CallOutcome {
    /** Gigya did what it was asked. */
    SUCCESS,
    /** As {@link FailureKind#ACCOUNT_NOT_FOUND}. */
    ACCOUNT_NOT_FOUND,
    /** As {@link FailureKind#WRONG_CREDENTIALS}. */
    WRONG_CREDENTIALS,
    /** As {@link FailureKind#ACCOUNT_INCOMPLETE}. */
    ACCOUNT_INCOMPLETE,
    /** As {@link FailureKind#ACCOUNT_DISABLED}. */
    ACCOUNT_DISABLED,
    /** As {@link FailureKind#ACCOUNT_LOCKED}. */
    ACCOUNT_LOCKED,
    /** As {@link FailureKind#STEP_REQUIRED}. */
    STEP_REQUIRED,
    /** As {@link FailureKind#PROOF_REFUSED}. */
    PROOF_REFUSED,
    /** As {@link FailureKind#MISCONFIGURED}. */
    MISCONFIGURED,
    /** Gigya asks to be left alone for a while. */
    THROTTLED,
    /** Gigya answered that it can't, or what can't be understood. */
    UNAVAILABLE,
    /** Nothing came back in time that can be told to be Gigya's. */
    NO_ANSWER;

    /** {@return the name for metrics and traces, such as {@code no_answer}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether the call failed for no fault of the person that it was made for} */
    public boolean isTrouble() {
        return switch (this) {
            case MISCONFIGURED, THROTTLED, UNAVAILABLE, NO_ANSWER -> true;
            default -> false;
        };
    }

    static CallOutcome of(GigyaException failure) {
        return failure.kind() == FailureKind.UNAVAILABLE
                ? unavailable(failure)
                : valueOf(failure.kind().name());
    }

    private static CallOutcome unavailable(GigyaException failure) {
        if (ErrorCodes.isRateLimit(failure.errorCode().orElse(0))
                || failure.retryAfter().isPresent()) {
            return THROTTLED;
        }
        return failure.errorCode().isPresent() || failure.callId().isPresent() ? UNAVAILABLE : NO_ANSWER;
    }
}
