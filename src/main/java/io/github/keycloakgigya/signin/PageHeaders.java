package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/** The realm's security headers, opened for one site's hosts, on one page. */
final class PageHeaders {

    // Gigya refuses calls that come without a referrer (403015), and needs no more of it than the host.
    private static final String REFERRER_POLICY = "strict-origin";

    private final Map<BrowserSecurityHeaders, String> headers = new EnumMap<>(BrowserSecurityHeaders.class);

    PageHeaders(Map<String, String> ofRealm, ApiDomain domain) {
        for (var header : BrowserSecurityHeaders.values()) {
            var value = ofRealm.getOrDefault(header.getKey(), header.getDefaultValue());
            if (value != null && !value.isBlank()) {
                headers.put(header, value);
            }
        }
        var opened = new ContentSecurityPolicy(domain.browserSources());
        headers.computeIfPresent(
                BrowserSecurityHeaders.CONTENT_SECURITY_POLICY, (header, policy) -> opened.open(policy));
        headers.computeIfPresent(
                BrowserSecurityHeaders.CONTENT_SECURITY_POLICY_REPORT_ONLY, (header, policy) -> opened.open(policy));
        headers.put(BrowserSecurityHeaders.REFERRER_POLICY, REFERRER_POLICY);
    }

    Map<BrowserSecurityHeaders, String> values() {
        return Map.copyOf(headers);
    }

    void applyTo(LoginFormsProvider form) {
        headers.forEach((header, value) -> form.setResponseHeader(header.getHeaderName(), value));
    }

    /** Call it only once the page is rendered: an error page needs Keycloak's own headers. */
    void replaceKeycloaks(KeycloakSession session) {
        // Keycloak's options open frame-src only (SecurityHeadersOptions of 26.7), so all headers are set here.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    }

    /**
     * Opens a Content-Security-Policy for the hosts that Gigya's browser script needs.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
     */
    static final class ContentSecurityPolicy {

        // What the vendor's own modules allow for the script: see etc/csp_whitelist.xml of gigya/Magento-2.
        private static final List<String> OPENED =
                List.of("script-src", "connect-src", "frame-src", "img-src", "style-src", "font-src");
        private static final String FALLBACK = "default-src";
        private static final String NONE = "'none'";

        private final List<String> sources;

        ContentSecurityPolicy(List<String> sources) {
            this.sources = List.copyOf(sources);
        }

        /**
         * {@return the policy with the hosts added to each directive that would keep the script from working} A directive
         * that the policy does not restrict stays unrestricted: adding it would forbid what was allowed.
         */
        String open(String policy) {
            var directives = parse(policy);
            for (var name : OPENED) {
                var present = directives.containsKey(name) ? directives.get(name) : directives.get(FALLBACK);
                if (present != null) {
                    directives.put(name, with(present));
                }
            }
            return directives.entrySet().stream()
                    .map(directive -> directive.getValue().isEmpty()
                            ? directive.getKey()
                            : directive.getKey() + " " + String.join(" ", directive.getValue()))
                    .collect(Collectors.joining("; ", "", ";"));
        }

        private List<String> with(List<String> present) {
            var opened = new ArrayList<>(present);
            opened.remove(NONE);
            sources.stream().filter(source -> !opened.contains(source)).forEach(opened::add);
            return opened;
        }

        private static Map<String, List<String>> parse(String policy) {
            var directives = new LinkedHashMap<String, List<String>>();
            for (var directive : policy.split(";")) {
                var words = Arrays.asList(directive.strip().split("\\s+"));
                if (!words.get(0).isEmpty()) {
                    // Browsers take the first of two directives of one name.
                    directives.putIfAbsent(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
                }
            }
            return directives;
        }
    }
}
