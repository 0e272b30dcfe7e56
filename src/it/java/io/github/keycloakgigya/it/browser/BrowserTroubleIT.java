package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person sees while Gigya's script is slow, blocked, or not allowed to run. */
class BrowserTroubleIT extends InBrowser {

    private static final String SCRIPT = "**/js/gigya.js*";
    private static final String MARIA = "maria@example.com";

    @AutoClose
    private GigyaRealm realm;

    BrowserTroubleIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        account(realm, MARIA);
    }

    @Test
    void without_javascript_the_page_says_what_to_do() {
        var window = window(realm, new Browser.NewContextOptions().setJavaScriptEnabled(false))
                .open();

        assertThat(window.element("noscript .kc-feedback-text")).isVisible();
        // Playwright leaves noscript out when it looks for text.
        assertThat((String) window.element("noscript .kc-feedback-text").evaluate("e => e.textContent"))
                .startsWith("JavaScript is turned off in your browser.");
        assertThat(window.element("#gigya-status")).isHidden();
    }

    @Test
    void a_blocked_script_is_explained_and_a_retry_works() {
        var window = window(realm);
        window.context().route(SCRIPT, Route::abort);
        window.open();
        assertThat(window.page().getByText("The sign-in form could not be loaded."))
                .isVisible();
        assertThat(window.element("#gigya-status")).isHidden();
        window.picture("login-blocked");

        window.context().unroute(SCRIPT);
        window.element("#gigya-retry").click();

        assertThat(window.signIn(MARIA).tokens().subject()).isNotEmpty();
    }

    @Test
    void a_spinner_turns_while_the_script_is_slow() {
        var held = new AtomicReference<Route>();
        var window = window(realm);
        window.context().route(SCRIPT, held::set);
        window.open();
        assertThat(window.element("#gigya-status .gigya-spinner")).isVisible();
        assertThat(window.element("#gigya-status")).hasText("The sign-in form is loading …");
        window.picture("login-loading");

        window.page().waitForCondition(() -> held.get() != null);
        held.get().resume();

        assertThat(window.loginId()).isVisible();
        assertThat(window.element("#gigya-status")).isHidden();
    }

    @Test
    void a_page_that_the_site_does_not_know_is_told_apart_from_a_failure() {
        try (var strange = GigyaRealm.create(
                keycloak, simulator, Site.builder().allowedDomains("elsewhere.example"), Map.of(), Map.of())) {
            var window = window(strange).open();

            assertThat(window.page().getByText("This address is not registered with the sign-in service"))
                    .isVisible();
        }
    }
}
