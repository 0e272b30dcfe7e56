package io.github.keycloakgigya.simulator;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What a site demands of the pages that call it from a browser. */
final class BrowserRules {

    /** Refuses a page that sends no Referer (403015) or that is of a host the site doesn't allow (400120). */
    void check(HttpRequest request, Site site) throws Refusal {
        if (!comesFromBrowser(request)) {
            return;
        }
        var referer = request.header("referer").orElseThrow(() -> Refusal.of(GigyaError.MISSING_REFERRER));
        if (!isAllowed(referer, site)
                || request.header("origin")
                        .filter(origin -> !isAllowed(origin, site))
                        .isPresent()) {
            throw Refusal.of(GigyaError.INVALID_SITE_DOMAIN);
        }
    }

    /** Browsers mark what a page fetches. Unsigned calls of programs go without these headers, and are answered. */
    private static boolean comesFromBrowser(HttpRequest request) {
        return request.header("origin").isPresent()
                || request.header("sec-fetch-mode").isPresent();
    }

    /** {@return headers that let the page read the answer, a refusal of its own domain included} */
    Map<String, String> corsHeaders(HttpRequest request, Optional<Site> site) {
        var origin = request.header("origin");
        if (origin.isEmpty()) {
            return Map.of();
        }
        // Without leave to send cookies, the answer holds nothing that the page could not fetch by itself.
        return site.filter(found -> isAllowed(origin.get(), found)).isPresent()
                ? Map.of(
                        "Access-Control-Allow-Origin", origin.get(),
                        "Access-Control-Allow-Credentials", "true",
                        "Vary", "Origin")
                : Map.of("Access-Control-Allow-Origin", origin.get(), "Vary", "Origin");
    }

    static boolean isAllowed(String url, Site site) {
        try {
            var parsed = URI.create(url);
            return parsed.getHost() != null && site.allowsPagesOf(parsed.getHost());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
