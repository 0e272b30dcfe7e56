package io.github.keycloakgigya.api.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    /**
     * What the signature of a request is calculated over, as in the vendor's {@code SigUtils.calcOAuth1BaseString}.
     *
     * @param method the HTTP method
     * @param url where the request goes; its query is no part of the base string
     * @param parameters all parameters but {@code sig}, in code-point order of their names
     */
    record SignatureBaseString(String method, URI url, SortedMap<String, String> parameters) {

        /** {@return the base string} */
        String text() {
            return method.toUpperCase(Locale.ROOT) + "&" + encode(normalizedUrl()) + "&" + encode(query());
        }

        private String normalizedUrl() {
            var scheme = url.getScheme().toLowerCase(Locale.ROOT);
            var host = url.getHost().toLowerCase(Locale.ROOT);
            var port = url.getPort() < 0 || url.getPort() == defaultPort(scheme) ? "" : ":" + url.getPort();
            return scheme + "://" + host + port + url.getRawPath();
        }

        private static int defaultPort(String scheme) {
            return scheme.equals("https") ? 443 : 80;
        }

        private String query() {
            return parameters.entrySet().stream()
                    .map(SignatureBaseString::encodeValue)
                    .collect(Collectors.joining("&"));
        }

        private static String encodeValue(Map.Entry<String, String> parameter) {
            return parameter.getKey() + "=" + encode(parameter.getValue());
        }

        /** {@return the text's UTF-8 bytes percent-encoded as in RFC 3986 section 2.1} Only unreserved characters stay. */
        static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A")
                    .replace("%7E", "~");
        }

        /** Leaves the parameters out, so that no log shows them. */
        @Override
        public String toString() {
            return "SignatureBaseString[" + method + " " + url + "]";
        }
    }
}
