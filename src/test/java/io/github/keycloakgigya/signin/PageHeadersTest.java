package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.signin.SignInPage.PageHeaders;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersOptions;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

class PageHeadersTest {

    private static final ApiDomain DOMAIN = ApiDomain.of(DataCenter.EU1);

    @Test
    void the_policy_of_the_realm_lets_gigyas_script_work_and_stays_as_it_is_otherwise() {
        var headers = new PageHeaders(Map.of("contentSecurityPolicy", "frame-src 'self'; object-src 'none';"), DOMAIN)
                .values();

        assertThat(headers.get(BrowserSecurityHeaders.CONTENT_SECURITY_POLICY))
                .isEqualTo("frame-src 'self' " + String.join(" ", DOMAIN.browserSources()) + "; object-src 'none';");
    }

    @Test
    void a_policy_that_only_reports_does_not_report_gigyas_script() {
        var headers = new PageHeaders(Map.of("contentSecurityPolicyReportOnly", "script-src 'self'"), DOMAIN).values();

        assertThat(headers.get(BrowserSecurityHeaders.CONTENT_SECURITY_POLICY_REPORT_ONLY))
                .isEqualTo("script-src 'self' " + String.join(" ", DOMAIN.browserSources()) + ";");
    }

    @Test
    void gigya_learns_the_host_of_the_page_and_no_more() {
        assertThat(new PageHeaders(Map.of("referrerPolicy", "no-referrer"), DOMAIN).values())
                .containsEntry(BrowserSecurityHeaders.REFERRER_POLICY, "strict-origin");
    }

    @Test
    void what_a_realm_does_not_say_is_as_keycloak_has_it_and_what_it_empties_is_not_sent() {
        var headers = new PageHeaders(Map.of("xRobotsTag", " "), DOMAIN).values();

        assertThat(headers)
                .containsEntry(BrowserSecurityHeaders.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .doesNotContainKey(BrowserSecurityHeaders.X_ROBOTS_TAG)
                .doesNotContainKey(BrowserSecurityHeaders.CONTENT_SECURITY_POLICY_REPORT_ONLY);
    }

    @Test
    void the_page_has_these_headers_in_the_place_of_keycloaks() {
        var sent = new HashMap<String, String>();
        var form = mock(LoginFormsProvider.class);
        when(form.setResponseHeader(anyString(), any())).thenAnswer(call -> {
            sent.put(call.getArgument(0), call.getArgument(1));
            return form;
        });
        var session = mock(KeycloakSession.class);
        var keycloaks = mock(SecurityHeadersProvider.class);
        var options = mock(SecurityHeadersOptions.class);
        when(session.getProvider(SecurityHeadersProvider.class)).thenReturn(keycloaks);
        when(keycloaks.options()).thenReturn(options);
        var headers = new PageHeaders(Map.of(), DOMAIN);

        headers.applyTo(form);
        headers.replaceKeycloaks(session);

        assertThat(sent).containsEntry("Referrer-Policy", "strict-origin").hasSameSizeAs(headers.values());
        verify(options).skipHeaders();
    }
}
