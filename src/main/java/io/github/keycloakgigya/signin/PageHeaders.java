package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.ApiDomain;
import java.util.EnumMap;
import java.util.Map;
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
}
