package io.github.keycloakgigya.server;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * One answer of a server, as a browser got it.
 *
 * @param address the address that was asked
 * @param status the HTTP status
 * @param headers of the answer
 * @param body of the answer, as UTF-8
 */
public record Page(URI address, int status, HttpHeaders headers, String body) {

    /** {@return where a redirect leads to} */
    public Optional<URI> redirect() {
        return status / 100 == 3 ? headers.firstValue("Location").map(address::resolve) : Optional.empty();
    }

    public Document html() {
        return Jsoup.parse(body, address.toString());
    }

    /** {@return whether the page holds such an element} */
    public boolean has(String cssQuery) {
        return html().selectFirst(cssQuery) != null;
    }

    /**
     * {@return the address that a form is posted to}
     *
     * @throws AssertionError where the page has no such form
     */
    public URI formAction(String cssQuery) {
        return URI.create(element(cssQuery).absUrl("action"));
    }

    /**
     * {@return where a link leads to}
     *
     * @throws AssertionError where the page has no such link
     */
    public URI link(String cssQuery) {
        return URI.create(element(cssQuery).absUrl("href"));
    }

    /**
     * {@return the {@code data-} attributes of an element, named without that prefix}
     *
     * @throws AssertionError where the page has no such element
     */
    public Map<String, String> data(String cssQuery) {
        return element(cssQuery).dataset();
    }

    /** {@return the text that a reader sees} */
    public String text() {
        return html().text();
    }

    private Element element(String cssQuery) {
        Element element = html().selectFirst(cssQuery);
        if (element == null) {
            throw new AssertionError(
                    "No " + cssQuery + " at " + address + ", which answered " + status + ": " + text());
        }
        return element;
    }
}
