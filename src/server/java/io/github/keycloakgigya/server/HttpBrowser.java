package io.github.keycloakgigya.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A browser without script: one cookie jar, redirects followed within one server. What it posts is up to the test, so
 * that it can do what no well-meaning browser does.
 */
public final class HttpBrowser {

    private static final int MOST_REDIRECTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI server;
    private final String language;
    private final UnaryOperator<URI> route;
    private final CookieJar cookies = new CookieJar();
    private final HttpClient http;

    private HttpBrowser(URI server, String language, UnaryOperator<URI> route, HttpClient http) {
        this.server = server;
        this.language = language;
        this.route = route;
        this.http = http;
    }

    /**
     * {@return a browser without cookies}
     *
     * @param server the address within which redirects are followed, without a slash at the end
     */
    public static HttpBrowser of(URI server) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpBrowser(server, "en", UnaryOperator.identity(), http);
    }

    /** {@return a browser without cookies that goes on using this one's connections} */
    public HttpBrowser another() {
        return speaking(language);
    }

    /** {@return a browser without cookies that asks for pages in this language} */
    public HttpBrowser speaking(String newLanguage) {
        return new HttpBrowser(server, newLanguage, route, http);
    }

    /**
     * {@return a browser without cookies whose requests end up elsewhere than it believes, as behind a load balancer}
     *
     * @param newRoute from an address that the browser knows to the one that is asked
     */
    public HttpBrowser routed(UnaryOperator<URI> newRoute) {
        return new HttpBrowser(server, language, newRoute, http);
    }

    public URI server() {
        return server;
    }

    public CookieJar cookies() {
        return cookies;
    }

    /** {@return the page after all redirects, or the last redirect where that leads away from the server} */
    public Page open(URI address) {
        return follow(once(request(address).GET().build()));
    }

    /** Posts a form and goes where {@link #open} would. */
    public Page post(URI address, Form form) {
        return post(address, Form.CONTENT_TYPE, form.encoded());
    }

    /** Posts any body and goes where {@link #open} would. */
    public Page post(URI address, String contentType, String body) {
        return follow(once(request(address)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build()));
    }

    /** {@return the answer to this one request} Cookies are kept, but those to send are up to the caller. */
    public Page once(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(routed(request), BodyHandlers.ofString());
            cookies.keep(answer.headers());
            return new Page(request.uri(), answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + server + " was called.", e);
        }
    }

    private HttpRequest routed(HttpRequest request) {
        URI target = route.apply(request.uri());
        return target.equals(request.uri())
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .uri(target)
                        .build();
    }

    /** {@return a request with this browser's cookies and language} */
    public HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Accept", "text/html")
                .header("Accept-Language", language);
        cookies.header(address).ifPresent(header -> request.header("Cookie", header));
        return request;
    }

    private Page follow(Page first) {
        Page page = first;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            if (page.redirect().filter(this::isOfServer).isEmpty()) {
                return page;
            }
            page = once(request(page.redirect().get()).GET().build());
        }
        throw new AssertionError("More than " + MOST_REDIRECTS + " redirects, the last from " + page.address());
    }

    private boolean isOfServer(URI address) {
        return address.toString().startsWith(server + "/");
    }
}
