package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.FailureKind;
import java.util.Locale;

/** Why a sign-in failed, as events and people are told. */
public enum SignInError {
    /** The proof is malformed, forged, or not for this site or this login. */
    PROOF_INVALID("gigyaErrorProofInvalid"),
    /** The proof was good once. */
    PROOF_EXPIRED("gigyaErrorProofExpired"),
    /** The proof was used before. */
    PROOF_REPLAYED("gigyaErrorProofReplayed"),
    /** Gigya knows no such account. */
    ACCOUNT_NOT_FOUND("gigyaErrorAccountNotFound"),
    /** The account is disabled in Gigya, or its user in Keycloak. */
    ACCOUNT_DISABLED("gigyaErrorAccountDisabled"),
    /** The account's owner has to complete or verify it first. */
    ACCOUNT_INCOMPLETE("gigyaErrorAccountIncomplete"),
    /** The account's user name or e-mail address belongs to another user. */
    ACCOUNT_CONFLICT("gigyaErrorAccountConflict"),
    /** Gigya can't be reached, or does not answer as it should. */
    GIGYA_UNAVAILABLE("gigyaErrorUnavailable"),
    /** An administrator has to mend the settings. */
    GIGYA_MISCONFIGURED("gigyaErrorMisconfigured");

    private final String messageKey;

    SignInError(String messageKey) {
        this.messageKey = messageKey;
    }

    /** {@return the value of the event detail {@code gigya_error}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the key of the text that the person reads} */
    public String messageKey() {
        return messageKey;
    }

    /** {@return what a failed call means to a person who signs in} */
    public static SignInError of(FailureKind kind) {
        return switch (kind) {
            case ACCOUNT_NOT_FOUND -> ACCOUNT_NOT_FOUND;
            case ACCOUNT_DISABLED, ACCOUNT_LOCKED -> ACCOUNT_DISABLED;
            case ACCOUNT_INCOMPLETE, STEP_REQUIRED -> ACCOUNT_INCOMPLETE;
            case WRONG_CREDENTIALS, PROOF_REFUSED -> PROOF_INVALID;
            case UNAVAILABLE -> GIGYA_UNAVAILABLE;
            case MISCONFIGURED -> GIGYA_MISCONFIGURED;
        };
    }
}
