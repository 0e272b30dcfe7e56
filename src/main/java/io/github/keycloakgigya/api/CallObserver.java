package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Is told of calls to Gigya while they are made. What it does is part of every sign-in: it takes no time and throws
 * nothing. Used by several threads.
 */
public interface CallObserver {

    /** Watches nothing. */
    CallObserver NONE = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            return end -> {};
        }

        @Override
        public void withheld(ApiMethod method) {
            // Nobody wants to know.
        }
    };

    /** A call that is on its way. */
    @FunctionalInterface
    interface Call {

        /** Takes note of the end, on the thread that the call began on. */
        void ended(CallEnd end);
    }

    /**
     * Takes note of a call that begins now; attempts that the client repeats by itself are part of it.
     *
     * @return what is told of its end, whatever that is
     */
    Call begins(ApiMethod method);

    /** Takes note of a call that is not made now: ones before it failed or were refused, or too many are under way. */
    void withheld(ApiMethod method);

    /**
     * How a call ended. Holds no secret, no token and nothing of a person.
     *
     * @param outcome what it means
     * @param errorCode Gigya's error code; empty where the call succeeded, or Gigya did not answer
     * @param callId Gigya's id of the call, which its support asks for; empty where Gigya did not answer
     */
    record CallEnd(CallOutcome outcome, OptionalInt errorCode, Optional<String> callId) {

        /** A call that something unexpected broke off. */
        public static final CallEnd BROKEN =
                new CallEnd(CallOutcome.UNAVAILABLE, OptionalInt.empty(), Optional.empty());

        /** {@return the end of a call that succeeded} */
        public static CallEnd success(Optional<String> callId) {
            return new CallEnd(CallOutcome.SUCCESS, OptionalInt.empty(), callId);
        }

        /** {@return the end of a call that failed} */
        public static CallEnd failure(GigyaException failure) {
            return new CallEnd(CallOutcome.of(failure), failure.errorCode(), failure.callId());
        }
    }

    /**
     * What the end of a call means to whoever watches the server: a {@link FailureKind}, but for
     * {@link FailureKind#UNAVAILABLE}, whose causes are mended by different people.
     */
    enum CallOutcome {
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
}
