package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer with an error code; {@code members} stand beside the code, as {@code regToken} does with 206001. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String details;
    private final ObjectNode members;

    private Refusal(int code, String message, String details, ObjectNode members) {
        super(message);
        this.code = code;
        this.details = details;
        this.members = members;
    }

    static Refusal of(GigyaError error) {
        return of(error, error.message());
    }

    static Refusal of(GigyaError error, String details) {
        return of(error, details, JsonNodeFactory.instance.objectNode());
    }

    static Refusal of(GigyaError error, String details, ObjectNode members) {
        return new Refusal(error.code(), error.message(), details, members);
    }

    static Refusal ofCode(int code, ObjectNode members) {
        var message = GigyaError.of(code).map(GigyaError::message).orElse("Error " + code);
        return new Refusal(code, message, message, members);
    }

    static Refusal ofCode(int code, String details) {
        var message = GigyaError.of(code).map(GigyaError::message).orElse("Error " + code);
        return new Refusal(code, message, details, JsonNodeFactory.instance.objectNode());
    }

    static Refusal missing(String parameter) {
        return of(GigyaError.MISSING_PARAMETER, "Missing required parameter : " + parameter);
    }

    static Refusal invalid(String parameter) {
        return of(GigyaError.INVALID_PARAMETER_VALUE, "Invalid parameter: " + parameter);
    }

    int code() {
        return code;
    }

    String details() {
        return details;
    }

    ObjectNode members() {
        return members;
    }
}
