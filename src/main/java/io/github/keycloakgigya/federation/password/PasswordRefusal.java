package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.api.FailureKind;
import java.util.Locale;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/** Why a password could not be checked, or a right one lets nobody in. A wrong password is none of these. */
enum PasswordRefusal {
    /** Gigya knows no such account any more. */
    ACCOUNT_NOT_FOUND(Errors.USER_NOT_FOUND, "gigyaErrorAccountNotFound", "The account does not exist any more"),
    /** Gigya lets nobody try for a while. */
    ACCOUNT_LOCKED(Errors.USER_TEMPORARILY_DISABLED, "gigyaPasswordLocked", "The account is locked for a while"),
    /** The account is disabled in Gigya. */
    ACCOUNT_DISABLED(Errors.USER_DISABLED, "gigyaErrorAccountDisabled", "The account is disabled"),
    /** The account's owner has to complete or verify it first. */
    ACCOUNT_INCOMPLETE(
            Errors.RESOLVE_REQUIRED_ACTIONS, "gigyaPasswordIncomplete", "The account is not complete or not verified"),
    /** Gigya wants a step that a password form can't show: a new password, a second factor, a captcha. */
    STEP_REQUIRED(
            Errors.RESOLVE_REQUIRED_ACTIONS,
            "gigyaPasswordStepRequired",
            "The account needs a step that a password can't do"),
    /** What the account is called belongs to another user. */
    ACCOUNT_CONFLICT(
            Errors.USERNAME_IN_USE, "gigyaErrorAccountConflict", "The account's name or address is somebody else's"),
    /** Gigya can't be reached, throttles, or does not answer as it should. */
    GIGYA_UNAVAILABLE(Errors.IDENTITY_PROVIDER_ERROR, "gigyaErrorUnavailable", "The password can't be checked now"),
    /** An administrator has to mend the settings. */
    GIGYA_MISCONFIGURED(Errors.INVALID_CONFIG, "gigyaErrorMisconfigured", "The password check is not set up");

    private final String eventError;
    private final String messageKey;
    private final String description;

    PasswordRefusal(String eventError, String messageKey, String description) {
        this.eventError = eventError;
        this.messageKey = messageKey;
        this.description = description;
    }

    /** {@return what a failed call means, one after the password was found right included} */
    static PasswordRefusal of(FailureKind kind) {
        return switch (kind) {
            case ACCOUNT_NOT_FOUND -> ACCOUNT_NOT_FOUND;
            case ACCOUNT_LOCKED -> ACCOUNT_LOCKED;
            case ACCOUNT_DISABLED -> ACCOUNT_DISABLED;
            case ACCOUNT_INCOMPLETE -> ACCOUNT_INCOMPLETE;
            case STEP_REQUIRED -> STEP_REQUIRED;
            case MISCONFIGURED -> GIGYA_MISCONFIGURED;
            // The first two make no sense of an account whose password was found right before.
            case WRONG_CREDENTIALS, PROOF_REFUSED, UNAVAILABLE -> GIGYA_UNAVAILABLE;
        };
    }

    /** {@return the value of the event detail {@code gigya_error}, as the contract has it} */
    String code() {
        return switch (this) {
            case ACCOUNT_LOCKED -> ACCOUNT_DISABLED.code();
            case STEP_REQUIRED -> ACCOUNT_INCOMPLETE.code();
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** {@return Keycloak's error of the login event} */
    String eventError() {
        return eventError;
    }

    /** {@return the key of the text that the person reads} */
    String messageKey() {
        return messageKey;
    }

    /** {@return what the developer of an app reads} */
    String description() {
        return description;
    }

    /** {@return the {@code error} of the token endpoint: RFC 6749, sections 4.1.2.1 and 5.2} */
    String oauthError() {
        return switch (this) {
            case GIGYA_UNAVAILABLE -> OAuthErrorException.TEMPORARILY_UNAVAILABLE;
            case GIGYA_MISCONFIGURED -> OAuthErrorException.SERVER_ERROR;
            default -> OAuthErrorException.INVALID_GRANT;
        };
    }
}
