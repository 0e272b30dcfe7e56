package io.github.keycloakgigya.server;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies that one browser has of one server.
 *
 * <p>Java's own {@code CookieManager} writes cookies with a {@code Max-Age} in the form of RFC 2965, which no browser
 * does and Keycloak does not read.
 */
public final class CookieJar {

    private final List<HttpCookie> cookies = new ArrayList<>();

    void keep(HttpHeaders headers) {
        for (String header : headers.allValues("Set-Cookie")) {
            HttpCookie.parse(header).forEach(this::set);
        }
    }

    /** Adds a cookie, in place of one with its name and path; an expired one removes it. */
    public void set(HttpCookie cookie) {
        cookies.removeIf(
                other -> other.getName().equals(cookie.getName()) && path(other).equals(path(cookie)));
        if (!cookie.hasExpired()) {
            cookies.add(cookie);
        }
    }

    /** {@return the value of a cookie} */
    public Optional<String> value(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    public void remove(String name) {
        cookies.removeIf(cookie -> cookie.getName().equals(name));
    }

    /** {@return the value of the header {@code Cookie}, empty where no cookie goes to that address} */
    Optional<String> header(URI target) {
        String header = cookies.stream()
                .filter(cookie -> target.getPath().startsWith(path(cookie)))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    private static String path(HttpCookie cookie) {
        return cookie.getPath() == null ? "/" : cookie.getPath();
    }
}
