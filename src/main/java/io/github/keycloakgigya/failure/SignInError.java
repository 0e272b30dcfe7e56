package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.FailureKind;
import java.util.Locale;
import org.keycloak.events.Errors;
import org.keycloak.services.messages.Messages;

/**
 * Why a sign-in failed, and what each audience is told of it: the person, Keycloak's event, and the developer of an app.
 * What the log says depends on the door, and is in {@link FailureReport}.
 */
public enum SignInError {
    /** The proof is malformed, forged, or not for this site or this login. */
    PROOF_INVALID(
            "gigyaErrorProofInvalid",
            Errors.INVALID_USER_CREDENTIALS,
            OAuthRefusal.ofGrant("The proof is not valid here")),
    /** The proof was good once. */
    PROOF_EXPIRED(
            "gigyaErrorProofExpired",
            Errors.EXPIRED_CODE,
            OAuthRefusal.ofGrant("The proof has expired: get a new one")),
    /** The proof was used before. */
    PROOF_REPLAYED(
            "gigyaErrorProofReplayed",
            Errors.INVALID_USER_CREDENTIALS,
            OAuthRefusal.ofGrant("The proof was used before: get a new one")),
    /** Gigya knows no such account. */
    ACCOUNT_NOT_FOUND(
            "gigyaErrorAccountNotFound",
            Errors.USER_NOT_FOUND,
            OAuthRefusal.ofGrant("The account does not exist any more")),
    /** The account is disabled in Gigya, or its user in Keycloak. */
    ACCOUNT_DISABLED(
            "gigyaErrorAccountDisabled", Errors.USER_DISABLED, OAuthRefusal.ofGrant("The account is disabled")),
    /** The account's owner has to complete or verify it first. */
    ACCOUNT_INCOMPLETE(
            "gigyaErrorAccountIncomplete",
            Errors.RESOLVE_REQUIRED_ACTIONS,
            OAuthRefusal.ofGrant("The account is not complete or not verified")),
    /** The account's user name or e-mail address belongs to another user. */
    ACCOUNT_CONFLICT(
            "gigyaErrorAccountConflict",
            Errors.USERNAME_IN_USE,
            OAuthRefusal.ofGrant("The account's name or address is somebody else's")),
    /** The account's user has left the user federation, and signs in without Gigya. */
    ACCOUNT_RELEASED(
            "gigyaErrorAccountReleased",
            Errors.NOT_ALLOWED,
            OAuthRefusal.ofGrant("The user signs in without Gigya now")),
    /** Gigya can't be reached, or does not answer as it should. */
    GIGYA_UNAVAILABLE(
            "gigyaErrorUnavailable",
            Errors.IDENTITY_PROVIDER_ERROR,
            OAuthRefusal.ofOutage("Gigya can't be reached: try again later")),
    /** An administrator has to mend the settings. */
    GIGYA_MISCONFIGURED(
            "gigyaErrorMisconfigured",
            Errors.INVALID_CONFIG,
            OAuthRefusal.ofServer("The sign-in is not set up correctly")),

    /** The login is another user's, who is named already. */
    ANOTHER_USER(PROOF_INVALID, "gigyaErrorOtherAccount"),
    /** A signed-in user may not be linked to the account, which is somebody else's. */
    ACCOUNT_OF_ANOTHER_USER(ACCOUNT_CONFLICT, "gigyaErrorOtherAccount"),
    /** Another user stands for the account that a signed-in user wants to be linked to. */
    ALREADY_LINKED(ACCOUNT_CONFLICT, "gigyaErrorAlreadyLinked"),
    /** The account does not say what the identity provider wants to hear; Keycloak has a text for it. */
    ESSENTIAL_CLAIM_MISSING(ACCOUNT_INCOMPLETE, Messages.IDENTITY_PROVIDER_UNMATCHED_ESSENTIAL_CLAIM_ERROR),
    /** An app shows nothing of a proof. */
    PROOF_MISSING(
            PROOF_INVALID,
            PROOF_INVALID.messageKey,
            PROOF_INVALID.eventError,
            OAuthRefusal.ofGrant("No proof was sent: gigya_id_token, or gigya_uid with gigya_uid_signature and"
                    + " gigya_signature_timestamp")),
    /** An app exchanges what is no token of Gigya. */
    TOKEN_OF_ANOTHER_TYPE(
            PROOF_INVALID,
            PROOF_INVALID.messageKey,
            PROOF_INVALID.eventError,
            OAuthRefusal.ofGrant("The subject_token_type has to be that of an ID token or of a JWT")),
    /** The identity provider takes no authorization grants. */
    NO_GRANTS(
            PROOF_INVALID,
            PROOF_INVALID.messageKey,
            PROOF_INVALID.eventError,
            OAuthRefusal.ofGrant("The identity provider takes no authorization grants")),
    /** The identity provider signs nobody in. */
    LINK_ONLY(
            PROOF_INVALID,
            "gigyaErrorLinkOnly",
            PROOF_INVALID.eventError,
            OAuthRefusal.ofGrant("The identity provider is there for linking only")),

    /** Gigya lets nobody try a password for a while. */
    PASSWORD_LOCKED(
            ACCOUNT_DISABLED,
            "gigyaPasswordLocked",
            Errors.USER_TEMPORARILY_DISABLED,
            OAuthRefusal.ofGrant("The account is locked for a while")),
    /** A password is right, and its account's owner has to complete or verify it first, where the site's page is. */
    PASSWORD_INCOMPLETE(
            ACCOUNT_INCOMPLETE, "gigyaPasswordIncomplete", ACCOUNT_INCOMPLETE.eventError, ACCOUNT_INCOMPLETE.refusal),
    /** Gigya wants a step that a password form can't show: a new password, a second factor, a captcha. */
    PASSWORD_STEP_REQUIRED(
            ACCOUNT_INCOMPLETE,
            "gigyaPasswordStepRequired",
            ACCOUNT_INCOMPLETE.eventError,
            OAuthRefusal.ofGrant("The account needs a step that a password can't do")),
    /** Gigya does not say whether a password is right. */
    PASSWORD_UNAVAILABLE(
            GIGYA_UNAVAILABLE,
            GIGYA_UNAVAILABLE.messageKey,
            GIGYA_UNAVAILABLE.eventError,
            OAuthRefusal.ofOutage("The password can't be checked now")),
    /** Passwords can't be checked until an administrator has mended the settings. */
    PASSWORD_MISCONFIGURED(
            GIGYA_MISCONFIGURED,
            GIGYA_MISCONFIGURED.messageKey,
            GIGYA_MISCONFIGURED.eventError,
            OAuthRefusal.ofServer("The password check is not set up")),

    /** Gigya does not say who has the name that was typed, or what a session's user is like. */
    LOOK_UP_UNAVAILABLE(
            GIGYA_UNAVAILABLE, GIGYA_UNAVAILABLE.messageKey, GIGYA_UNAVAILABLE.eventError, OAuthRefusal.ofLookUp()),
    /** The same, until an administrator has mended the settings. */
    LOOK_UP_MISCONFIGURED(
            GIGYA_MISCONFIGURED,
            GIGYA_MISCONFIGURED.messageKey,
            GIGYA_MISCONFIGURED.eventError,
            OAuthRefusal.ofLookUp());

    private final String code;
    private final String messageKey;
    private final String eventError;
    private final OAuthRefusal refusal;

    SignInError(String messageKey, String eventError, OAuthRefusal refusal) {
        this.code = name().toLowerCase(Locale.ROOT);
        this.messageKey = messageKey;
        this.eventError = eventError;
        this.refusal = refusal;
    }

    // Tells the person something more exact than another one, and everybody else the same.
    SignInError(SignInError general, String messageKey) {
        this(general, messageKey, general.eventError, general.refusal);
    }

    // Says something more exact than another one, whose code it shares.
    SignInError(SignInError general, String messageKey, String eventError, OAuthRefusal refusal) {
        this.code = general.code;
        this.messageKey = messageKey;
        this.eventError = eventError;
        this.refusal = refusal;
    }

    /** {@return what a failed call means to a person who shows a proof} */
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

    /**
     * {@return what a failed call means to a person who types a password, one after it was found right included} A wrong
     * password is none of these.
     */
    public static SignInError ofPassword(FailureKind kind) {
        return switch (kind) {
            case ACCOUNT_NOT_FOUND -> ACCOUNT_NOT_FOUND;
            case ACCOUNT_LOCKED -> PASSWORD_LOCKED;
            case ACCOUNT_DISABLED -> ACCOUNT_DISABLED;
            case ACCOUNT_INCOMPLETE -> PASSWORD_INCOMPLETE;
            case STEP_REQUIRED -> PASSWORD_STEP_REQUIRED;
            case MISCONFIGURED -> PASSWORD_MISCONFIGURED;
            // The first two make no sense of an account whose password was found right before.
            case WRONG_CREDENTIALS, PROOF_REFUSED, UNAVAILABLE -> PASSWORD_UNAVAILABLE;
        };
    }

    /** {@return what a failed call means where it was to find a user} */
    public static SignInError ofLookUp(FailureKind kind) {
        return kind == FailureKind.MISCONFIGURED ? LOOK_UP_MISCONFIGURED : LOOK_UP_UNAVAILABLE;
    }

    /** {@return the value of the event detail {@code gigya_error}, which metrics have too} */
    public String code() {
        return code;
    }

    /** {@return the key of the text that the person reads} */
    public String messageKey() {
        return messageKey;
    }

    /** {@return what the developer of an app reads} */
    public OAuthRefusal refusal() {
        return refusal;
    }

    /** {@return Keycloak's error of the event} */
    public String eventError() {
        return eventError;
    }

    /** {@return whether Gigya gave no usable answer} */
    boolean isOutage() {
        return code.equals(GIGYA_UNAVAILABLE.code);
    }

    /** {@return whether only an administrator can help} */
    boolean isMisconfiguration() {
        return code.equals(GIGYA_MISCONFIGURED.code);
    }
}
