package io.github.keycloakgigya.simulator;

import java.util.Map;

/** An error of RFC 6749 or OpenID Connect Core, by its code. */
final class OAuthError extends Exception {

    private static final long serialVersionUID = 1;

    private final int httpStatus;
    private final String code;

    private OAuthError(int httpStatus, String code, String description) {
        super(description);
        this.httpStatus = httpStatus;
        this.code = code;
    }

    static OAuthError of(String code, String description) {
        return new OAuthError(400, code, description);
    }

    static OAuthError unauthorized(String code, String description) {
        return new OAuthError(401, code, description);
    }

    String code() {
        return code;
    }

    Answer answer() {
        var body = Reply.object().put("error", code).put("error_description", getMessage());
        var answer =
                Answer.of(httpStatus, "application/json", body.toString()).with(Map.of("Cache-Control", "no-store"));
        return httpStatus == 401 ? answer.with(Map.of("WWW-Authenticate", "Bearer error=\"" + code + "\"")) : answer;
    }
}
