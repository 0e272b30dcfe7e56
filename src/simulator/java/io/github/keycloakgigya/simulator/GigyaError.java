package io.github.keycloakgigya.simulator;

import java.util.Arrays;
import java.util.Optional;

/** The error codes that the simulator answers by itself, with the short message of each. */
enum GigyaError {
    PENDING_REGISTRATION(206001, "Account Pending Registration"),
    PENDING_VERIFICATION(206002, "Account Pending Verification"),
    INVALID_DATA_CENTER(301001, "Invalid data center"),
    INVALID_REQUEST_FORMAT(400001, "Invalid request format"),
    MISSING_PARAMETER(400002, "Missing required parameter"),
    INVALID_PARAMETER_FORMAT(400004, "Invalid parameter format"),
    INVALID_PARAMETER_VALUE(400006, "Invalid parameter value"),
    INVALID_AUTHENTICATION_HEADER(400008, "Invalid authentication header"),
    VALIDATION(400009, "Validation error"),
    INVALID_API_KEY(400093, "Invalid ApiKey parameter"),
    NOT_SUPPORTED(400096, "Not supported"),
    INVALID_SITE_DOMAIN(400120, "Invalid site domain"),
    SIGNATURE_TIMESTAMP_EXPIRED(400128, "Signature timestamp expired"),
    REQUEST_EXPIRED(403002, "Request has expired"),
    INVALID_SIGNATURE(403003, "Invalid request signature"),
    DUPLICATE_NONCE(403004, "Duplicate nonce"),
    UNAUTHORIZED_USER(403005, "Unauthorized user"),
    PERMISSION_DENIED(403007, "Permission denied"),
    INVALID_SECRET(403010, "Invalid Secret"),
    SESSION_EXPIRED(403011, "Session has expired"),
    UNVERIFIED_USER(403013, "Unverified user"),
    MISSING_REFERRER(403015, "Missing referrer"),
    ACCOUNT_DISABLED(403041, "Account Disabled"),
    INVALID_LOGIN_ID(403042, "Invalid LoginID"),
    RATE_LIMIT_EXCEEDED(403048, "Api rate limit exceeded"),
    LOCKED_OUT(403120, "Account temporarily locked out"),
    INVALID_METHOD(405001, "Invalid API method"),
    GENERAL_SERVER_ERROR(500001, "General Server Error");

    private final int code;
    private final String message;

    GigyaError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    int code() {
        return code;
    }

    String message() {
        return message;
    }

    static Optional<GigyaError> of(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }
}
