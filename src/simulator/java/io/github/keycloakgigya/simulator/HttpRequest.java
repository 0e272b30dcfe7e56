package io.github.keycloakgigya.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came off the wire.
 *
 * @param verb the HTTP method
 * @param authority host and port of the {@code Host} header
 * @param path the path without the query
 * @param headers by lower-case name
 */
record HttpRequest(String verb, String authority, String path, Parameters parameters, Map<String, String> headers) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName)).filter(value -> !value.isBlank());
    }

    Optional<String> cookie(String name) {
        return header("cookie")
                .flatMap(cookies -> Arrays.stream(cookies.split(";"))
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith(name + "="))
                        .map(cookie -> cookie.substring(name.length() + 1))
                        .findFirst());
    }

    /** {@return whether the request presents credentials of a server: a signature, a secret or a Bearer token} */
    boolean presentsCredentials() {
        return header("authorization").isPresent()
                || parameters.names().contains("sig")
                || parameters.names().contains("secret");
    }

    /** {@return the name of the called method} That is the path without its slash, {@code accounts.getJWT} say; {@code oidc.op.token}
     * and the like for the endpoints of a site's OpenID provider. */
    String method() {
        return path.equals("/js/gigya.js")
                ? "gigya.js"
                : OpenIdProvider.nameOf(path).orElseGet(() -> path.substring(1));
    }
}
