package io.github.keycloakgigya.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that reached the simulator, whatever came of it.
 *
 * @param method {@code accounts.getJWT}, {@code gigya.js} and so on
 * @param verb the HTTP method
 * @param parameters names and values, credentials included
 * @param unknownParameters names that the real method would list in {@code ignoredParams}
 * @param headers by lower-case name
 */
public record RecordedCall(
        String method,
        String verb,
        Map<String, String> parameters,
        Set<String> unknownParameters,
        Map<String, String> headers) {

    /** {@return the value of a parameter} */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** {@return the value of a header, by lower-case name} */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** Leaves all values out. */
    @Override
    public String toString() {
        return verb + " " + method + " " + parameters.keySet();
    }
}
