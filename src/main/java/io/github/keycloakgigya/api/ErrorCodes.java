package io.github.keycloakgigya.api;

import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_DISABLED;
import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_INCOMPLETE;
import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_LOCKED;
import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_NOT_FOUND;
import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.PROOF_REFUSED;
import static io.github.keycloakgigya.api.FailureKind.STEP_REQUIRED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.FailureKind.WRONG_CREDENTIALS;
import static java.util.Map.entry;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/**
 * What Gigya's error codes mean. The only place that knows; a code that is not here is {@link FailureKind#UNAVAILABLE}.
 *
 * @see <a href="https://help.sap.com/docs/SAP_CUSTOMER_DATA_CLOUD">SAP Customer Data Cloud, "Response Codes and
 *     Errors"</a>
 */
public final class ErrorCodes {

    /** What a code says, in words of our own: Gigya's may hold personal data. */
    public record Meaning(FailureKind kind, String text) {}

    /** What is wrong with the settings where Gigya refuses a request. */
    public enum WrongSetting {
        /** The site lives in another data center. */
        DATA_CENTER,
        /** There is no such site. */
        API_KEY,
        /** What answers is not Gigya's API. */
        API_DOMAIN,
        /** This machine's clock. */
        CLOCK,
        /** The secret, or the private key. */
        SECRET,
        /** There is no such key, or it is not this site's. */
        USER_KEY,
        /** The key may not do this. */
        RIGHTS,
        /** The code does not tell. */
        UNKNOWN
    }

    private static final int WRONG_DATA_CENTER = 301001;
    private static final int UNAUTHORIZED_USER = 403005;
    private static final int UID_NOT_FOUND = 404003;
    private static final int GENERAL_SERVER_ERROR = 500001;

    private static final String UNKNOWN_USER = "unauthorized user";

    // 403005 stands for an unknown account as well as for an unknown or powerless key; only the details tell.
    private static final Pattern SPEAKS_OF_SETTINGS =
            Pattern.compile("key|secret|partner|application|credential|permission|privilege|access|denied|signature");

    private static final Meaning UNKNOWN = new Meaning(UNAVAILABLE, "an error that is not known here");

    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            means(200010, STEP_REQUIRED, "the login identifier belongs to another account"),
            means(206001, ACCOUNT_INCOMPLETE, "required fields or consents are missing"),
            means(206002, ACCOUNT_INCOMPLETE, "the login identifier is not verified"),
            means(206003, ACCOUNT_INCOMPLETE, "the account has no login identifier"),
            means(206004, ACCOUNT_INCOMPLETE, "an identity belongs to another account"),
            means(206005, ACCOUNT_INCOMPLETE, "the registration is not finished"),
            means(206006, ACCOUNT_INCOMPLETE, "a code is to be entered"),
            means(400001, MISCONFIGURED, "the request's format is refused"),
            means(400002, MISCONFIGURED, "a parameter is missing"),
            means(400004, MISCONFIGURED, "a parameter's format is refused"),
            means(400006, MISCONFIGURED, "a parameter's value is refused"),
            means(400008, MISCONFIGURED, "the bearer token is refused; check user key, private key and this clock"),
            means(400021, STEP_REQUIRED, "the captcha is not solved"),
            means(400028, ACCOUNT_INCOMPLETE, "the e-mail is not verified"),
            means(400030, MISCONFIGURED, "the operation is not allowed"),
            means(400093, MISCONFIGURED, "the API key is refused"),
            means(400096, MISCONFIGURED, "the site does not support this"),
            means(400100, STEP_REQUIRED, "a second factor is to be set up"),
            means(400120, MISCONFIGURED, "the domain is not allowed for the API key"),
            means(400122, MISCONFIGURED, "a provider's configuration is refused"),
            means(400128, PROOF_REFUSED, "the UID signature is too old"),
            means(401000, MISCONFIGURED, "the site's policies are refused"),
            means(401020, STEP_REQUIRED, "a captcha is to be solved"),
            means(401021, STEP_REQUIRED, "the captcha is wrong"),
            means(401023, STEP_REQUIRED, "a captcha is to be solved"),
            means(401030, WRONG_CREDENTIALS, "the password is an old one"),
            means(403000, MISCONFIGURED, "the call is forbidden"),
            means(403002, MISCONFIGURED, "the timestamp is refused; check this machine's clock"),
            means(403003, MISCONFIGURED, "the request's signature is refused; check the secret"),
            means(403004, UNAVAILABLE, "the nonce was used before"),
            means(403006, MISCONFIGURED, "the secret was not sent over TLS"),
            means(403007, MISCONFIGURED, "permission denied; check the rights of the user key"),
            means(403010, MISCONFIGURED, "the secret is refused"),
            means(403013, ACCOUNT_INCOMPLETE, "the account is not verified"),
            means(403015, MISCONFIGURED, "the referrer is missing"),
            means(403036, MISCONFIGURED, "the partner is not entitled to the product"),
            means(403041, ACCOUNT_DISABLED, "the account is disabled"),
            means(403042, WRONG_CREDENTIALS, "login identifier or password is wrong"),
            means(403043, STEP_REQUIRED, "the login identifier belongs to another account"),
            means(403045, MISCONFIGURED, "the site's configuration is refused"),
            means(403047, WRONG_CREDENTIALS, "login identifier or password is wrong"),
            means(403048, UNAVAILABLE, "the rate limit is exceeded"),
            means(403100, STEP_REQUIRED, "the password is to be changed"),
            means(403101, STEP_REQUIRED, "a second factor is to be shown"),
            means(403102, STEP_REQUIRED, "a second factor is to be set up"),
            means(403110, STEP_REQUIRED, "a recent sign-in is wanted"),
            means(403120, ACCOUNT_LOCKED, "the account or the address is locked for a while"),
            means(403201, MISCONFIGURED, "the application's id is refused"),
            means(403300, MISCONFIGURED, "the authentication method is disabled"),
            means(404004, MISCONFIGURED, "the address is refused; check the custom API domain"),
            means(405001, MISCONFIGURED, "the method is refused; check the custom API domain"),
            means(409001, STEP_REQUIRED, "the identity belongs to another account"),
            means(409003, STEP_REQUIRED, "the login identifier belongs to another account"),
            means(500026, UNAVAILABLE, "network error"),
            means(500028, UNAVAILABLE, "database error; where it stays, check the data center"),
            means(504001, UNAVAILABLE, "Gigya timed out"),
            means(504002, UNAVAILABLE, "Gigya timed out"));

    private ErrorCodes() {}

    private static Entry<Integer, Meaning> means(int code, FailureKind kind, String text) {
        return entry(code, new Meaning(kind, text));
    }

    /** {@return whether a code is one of success: done, done with acceptable errors, done by linking accounts} */
    public static boolean isSuccess(int code) {
        return code == 0 || code == 200008 || code == 200009;
    }

    /** {@return whether a wrong clock here may be why a request was refused} A bearer token's refusal has one code. */
    public static boolean mayMeanClockSkew(int code) {
        return code == 403002 || code == 400008;
    }

    /** {@return whether the request's nonce was used before} */
    public static boolean isDuplicateNonce(int code) {
        return code == 403004;
    }

    /** {@return whether the site lives in another data center} */
    public static boolean isWrongDataCenter(int code) {
        return code == WRONG_DATA_CENTER;
    }

    /** {@return whether Gigya asks to be left alone for a while} */
    public static boolean isRateLimit(int code) {
        return code == 403048;
    }

    /** {@return which setting a code that is {@link FailureKind#MISCONFIGURED} speaks of} */
    public static WrongSetting wrongSetting(int code) {
        return switch (code) {
            case WRONG_DATA_CENTER, GENERAL_SERVER_ERROR -> WrongSetting.DATA_CENTER;
            case 400093, 403036 -> WrongSetting.API_KEY;
            case 404004, 405001 -> WrongSetting.API_DOMAIN;
            case 403002 -> WrongSetting.CLOCK;
            case 403003, 403010, 400008 -> WrongSetting.SECRET;
            case UNAUTHORIZED_USER, 403201 -> WrongSetting.USER_KEY;
            case 403000, 403007, 400030 -> WrongSetting.RIGHTS;
            default -> WrongSetting.UNKNOWN;
        };
    }

    /**
     * {@return what a code of failure means}
     *
     * @param method what was called
     * @param details the answer's {@code errorDetails}, empty where it had none
     */
    public static Meaning of(int code, ApiMethod method, String details) {
        var lowerCase = details.toLowerCase(Locale.ROOT);
        return switch (code) {
            case UNAUTHORIZED_USER -> unauthorizedUser(method, lowerCase);
            case UID_NOT_FOUND -> accountNotFound(method);
            case 400004, 400006, 400009 -> refusedValue(code, method);
            case GENERAL_SERVER_ERROR ->
                lowerCase.contains("datacenter")
                        ? new Meaning(MISCONFIGURED, "the data center is refused")
                        : new Meaning(UNAVAILABLE, "general server error");
            default -> listed(code);
        };
    }

    private static Meaning refusedValue(int code, ApiMethod method) {
        if (method.namesByIdentifier()) {
            return accountNotFound(method);
        }
        return method.carriesProof() ? refusedProof() : listed(code);
    }

    private static Meaning listed(int code) {
        return MEANINGS.getOrDefault(code, UNKNOWN);
    }

    private static Meaning unauthorizedUser(ApiMethod method, String details) {
        // What is not proven must not remove a user: only the details that were recorded for an unknown UID prove it.
        if (method.carriesProof() || UNKNOWN_USER.equals(details.strip())) {
            return accountNotFound(method);
        }
        return SPEAKS_OF_SETTINGS.matcher(details).find()
                ? new Meaning(MISCONFIGURED, "the user key is unknown, or lacks a right")
                : new Meaning(UNAVAILABLE, "unauthorized, without a reason that is known here");
    }

    private static Meaning accountNotFound(ApiMethod method) {
        if (method.carriesProof()) {
            return refusedProof();
        }
        return method.mayProveAbsence()
                ? new Meaning(ACCOUNT_NOT_FOUND, "no such account in this site")
                : new Meaning(MISCONFIGURED, "the user key is unknown, or lacks a right");
    }

    private static Meaning refusedProof() {
        return new Meaning(PROOF_REFUSED, "the UID signature is refused");
    }
}
