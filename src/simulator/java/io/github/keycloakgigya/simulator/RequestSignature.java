package io.github.keycloakgigya.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The text that a request's signature covers.
 *
 * @param verb the HTTP method
 * @param url scheme, authority and path, as called
 * @param parameters all parameters; {@code sig} among them is left out of the text
 */
record RequestSignature(String verb, URI url, Map<String, String> parameters) {

    static RequestSignature of(HttpRequest request) {
        return new RequestSignature(
                request.verb(),
                URI.create("https://" + request.authority() + request.path()),
                request.parameters().values());
    }

    String baseString() {
        var query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("sig"))
                        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return verb.toUpperCase(Locale.ROOT) + "&" + encode(normalisedUrl()) + "&" + encode(query);
    }

    private String normalisedUrl() {
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort();
        boolean isDefault = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + port)
                + url.getRawPath();
    }

    /** RFC 3986: everything but {@code A-Z a-z 0-9 - _ . ~} is percent-encoded. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
