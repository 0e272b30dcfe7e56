package io.github.keycloakgigya.simulator;

import java.util.Optional;
import java.util.regex.Pattern;

/** How an answer is wanted: {@code format}, {@code callback} and {@code httpStatusCodes}. */
final class ResponseFormat {

    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");

    private ResponseFormat() {}

    static void check(Parameters parameters) throws Refusal {
        switch (parameters.optional("format").orElse("json")) {
            case "json" -> {}
            case "jsonp" -> {
                if (!isCallback(parameters.required("callback"))) {
                    throw Refusal.invalid("callback");
                }
            }
            default -> throw Refusal.invalid("format");
        }
        parameters.flag("httpStatusCodes");
    }

    private static boolean isCallback(String name) {
        return name.length() <= 128 && CALLBACK.matcher(name).matches();
    }

    /** {@return the function that a JSONP answer calls} A name that is none gets plain JSON, so that nothing runs. */
    static Optional<String> callback(Parameters parameters) {
        return parameters
                .optional("callback")
                .filter(ResponseFormat::isCallback)
                .filter(name -> parameters.optional("format").equals(Optional.of("jsonp")));
    }

    static boolean usesHttpStatus(Parameters parameters) {
        var value = parameters.optional("httpStatusCodes");
        return value.equals(Optional.of("true")) || value.equals(Optional.of("1"));
    }
}
