package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The security headers are opened for the site's hosts, on the Gigya page only. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityHeadersIT {

    private static final String POLICY = "Content-Security-Policy";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;

    SecurityHeadersIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_default_policy_is_opened_for_frames_of_the_site_and_nothing_else() {
        assertThat(header(realm.visit().page(), POLICY))
                .isEqualTo("frame-src 'self' " + site() + "; frame-ancestors 'self'; object-src 'none';");
    }

    @Test
    void the_referrer_names_the_host_and_no_more() {
        assertThat(header(realm.visit().page(), "Referrer-Policy")).isEqualTo("strict-origin");
    }

    @Test
    void the_other_headers_are_keycloaks_own() {
        var page = realm.visit().page();

        assertThat(header(page, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(header(page, "X-Robots-Tag")).isEqualTo("none");
        assertThat(header(page, "Cache-Control")).contains("no-store");
    }

    @Test
    void a_refused_proof_shows_the_page_with_the_same_headers() {
        var answer = realm.visit().post("no token");

        assertThat(header(answer, POLICY)).contains("frame-src 'self' " + site() + ";");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("strict-origin");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
    }

    @Test
    void keycloaks_own_pages_keep_their_headers() {
        var browser = HttpBrowser.of(keycloak.address());
        realm.login(browser).begin();
        var error = browser.open(
                URI.create(realm.address() + "/protocol/openid-connect/auth?client_id=unknown&response_type=code"));
        var password = browser.open(URI.create(keycloak.address()
                + "/realms/master/protocol/openid-connect/auth?client_id=security-admin-console&response_type=code"
                + "&redirect_uri=" + keycloak.address() + "/admin/master/console/"));

        for (var page : new Page[] {error, password}) {
            assertThat(header(page, POLICY)).isEqualTo("frame-src 'self'; frame-ancestors 'self'; object-src 'none';");
            assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        }
    }

    @Test
    void a_strict_policy_is_opened_for_the_sites_hosts_only() {
        try (var strict =
                realm("default-src 'self'; style-src 'self'; script-src 'self'; object-src 'none'; report-uri /csp")) {
            assertThat(header(strict.visit().page(), POLICY))
                    .isEqualTo("default-src 'self'; style-src 'self' %1$s; script-src 'self' %1$s; object-src 'none';"
                                    .formatted(site())
                            + " report-uri /csp; connect-src 'self' %1$s; frame-src 'self' %1$s; img-src 'self' %1$s;"
                                    .formatted(site())
                            + " font-src 'self' %1$s;".formatted(site()));
        }
    }

    @Test
    void a_realm_that_sends_no_policy_goes_on_sending_none() {
        try (var open = realm("")) {
            assertThat(open.visit().page().headers().firstValue(POLICY)).isEmpty();
        }
    }

    private GigyaRealm realm(String policy) {
        return GigyaRealm.create(
                keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), representation -> {
                    ObjectNode headers = representation.putObject("browserSecurityHeaders");
                    headers.put("contentSecurityPolicy", policy);
                });
    }

    private String site() {
        return "https://" + simulator.apiDomain();
    }

    private static String header(Page page, String name) {
        assertThat(page.headers().allValues(name)).hasSizeLessThan(2);
        return page.headers().firstValue(name).orElse("");
    }
}
