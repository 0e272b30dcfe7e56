package io.github.keycloakgigya.api.client;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to Gigya before it is sent: always a POST of a form, so that no parameter lands in an address.
 *
 * @param url where it goes
 * @param parameters the form, in code-point order of the names
 * @param bearerToken the token of its {@code Authorization} header
 */
record FormRequest(URI url, SortedMap<String, String> parameters, Optional<String> bearerToken) {

    static final String METHOD = "POST";

    FormRequest {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    static FormRequest to(URI url, Map<String, String> parameters) {
        return new FormRequest(url, new TreeMap<>(parameters), Optional.empty());
    }

    FormRequest with(String name, String value) {
        var extended = new TreeMap<>(parameters);
        extended.put(name, value);
        return new FormRequest(url, extended, bearerToken);
    }

    FormRequest withBearerToken(String token) {
        return new FormRequest(url, parameters, Optional.of(token));
    }

    SignatureBaseString signatureBaseString() {
        return new SignatureBaseString(METHOD, url, parameters);
    }

    /** Leaves parameters and token out, so that no log shows them. */
    @Override
    public String toString() {
        return "FormRequest[" + url + "]";
    }
}
