package io.github.keycloakgigya.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a request, from query and form body together, in code-point order of their names. */
record Parameters(Map<String, String> values) {

    Parameters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Refuses a name that comes twice: which of the values a signature covers would be anybody's guess. */
    static Parameters parse(String... encodedParts) throws Refusal {
        var values = new TreeMap<String, String>();
        for (var encoded : encodedParts) {
            for (var pair : encoded.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                    if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                        throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "Parameter given twice: " + name);
                    }
                }
            }
        }
        return new Parameters(values);
    }

    private static String decode(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "Malformed percent-encoding");
        }
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name) throws Refusal {
        return optional(name).orElseThrow(() -> Refusal.missing(name));
    }

    /** {@return the API key} The record holds it as {@code apiKey}, {@code ApiKey} and {@code apikey}. */
    Optional<String> apiKey() {
        return values.entrySet().stream()
                .filter(entry -> isApiKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    static boolean isApiKey(String name) {
        return name.equalsIgnoreCase("apiKey");
    }

    boolean flag(String name) throws Refusal {
        // The vendor's PHP SDK turns booleans into 1 and 0.
        return switch (optional(name).orElse("false")) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Refusal.invalid(name);
        };
    }

    Set<String> names() {
        return values.keySet();
    }
}
