package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person signs in in the screen-set on Keycloak's page, with Keycloak's default security headers. */
class BrowserSignInIT extends InBrowser {

    private static final String MARIA = "maria@example.com";

    @AutoClose
    private GigyaRealm realm;

    private Account maria;

    BrowserSignInIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        maria = account(realm, MARIA);
    }

    @Test
    void the_screen_set_stands_in_keycloaks_card_and_signs_the_person_in() {
        var window = window(realm).open();
        assertThat(window.element("main.pf-v5-c-login__main #gigya-screen-set .gigya-screen"))
                .isVisible();
        assertThat(window.element("#gigya-status")).isHidden();
        assertThat(window.element("#gigya-error")).isHidden();
        window.picture("login");

        var claims = window.signIn(MARIA).tokens().accessClaims();

        assertThat(claims.path("gigya.uid").asText()).isEqualTo(maria.uid());
        assertThat(claims.path("given_name").asText()).isEqualTo("Maria");
        assertThat(window.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "gigya"})
    void other_login_themes_show_the_page_as_well(String theme) {
        use(theme);
        try {
            var window = window(realm).open();
            assertThat(window.loginId()).isVisible();
            assertThat(window.element("#gigya-status")).isHidden();
            window.picture("login-theme-" + theme);

            assertThat(window.signIn(MARIA).tokens().subject()).isNotEmpty();
            assertThat(window.problems()).isEmpty();
        } finally {
            use("");
        }
    }

    private void use(String theme) {
        realm.admin()
                .put("realms/" + realm.name(), Json.parse("{\"loginTheme\": \"" + theme + "\"}"))
                .succeeded();
    }

    @Test
    void the_keyboard_alone_is_enough() {
        var window = window(realm).open();
        assertThat(window.loginId()).isFocused();

        window.page().keyboard().type(MARIA);
        window.page().keyboard().press("Tab");
        window.page().keyboard().type(Window.PASSWORD);
        window.page().keyboard().press("Enter");

        assertThat(window.tokens().accessClaims().path("email").asText()).isEqualTo(MARIA);
    }

    @Test
    void the_keyboard_reaches_the_way_out_as_well() {
        var window = window(realm).open();
        assertThat(window.loginId()).isFocused();
        var cancel = window.element("#gigya-cancel button");

        for (int steps = 0; steps < 10 && !(boolean) cancel.evaluate("e => e === document.activeElement"); steps++) {
            window.page().keyboard().press("Tab");
        }
        assertThat(cancel).isFocused();
        window.page().keyboard().press("Enter");

        assertThat(window.answer().getQuery()).contains("error=access_denied");
    }

    @Test
    void a_german_person_gets_a_german_page_and_a_german_screen_set() {
        simulator.calls().reset();
        var window = window(realm, new Browser.NewContextOptions().setLocale("de-DE"))
                .open();

        assertThat(window.element("#gigya-screen-set h2")).hasText("Anmelden");
        assertThat(window.element("html")).hasAttribute("lang", "de");
        assertThat(window.element("#gigya-cancel button")).hasText("Abbrechen");
        assertThat(simulator.calls().lastOf("gigya.js").parameter("lang")).hasValue("de");
        window.picture("login-de");
        assertThat(window.signIn(MARIA).tokens().subject()).isNotEmpty();
    }

    @Test
    void the_language_that_the_application_asks_for_counts() {
        var window = window(realm).open(Map.of("ui_locales", "de"));

        assertThat(window.element("#gigya-screen-set h2")).hasText("Anmelden");
    }

    @Test
    void a_login_hint_is_filled_in() {
        var window = window(realm).open(Map.of("login_hint", MARIA));

        assertThat(window.loginId()).hasValue(MARIA);
        assertThat(window.password()).isFocused();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360})
    void a_narrow_window_needs_no_sideways_scrolling(int width) {
        var window = window(realm, new Browser.NewContextOptions().setViewportSize(width, 640))
                .open();
        assertThat(window.loginId()).isVisible();

        assertThat(window.page().evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(width);
        assertThat(window.element("#gigya-screen-set")
                        .evaluate("set => set.scrollWidth <= set.clientWidth && set.clientWidth > 200"))
                .isEqualTo(true);
        window.picture("login-" + width);
    }

    @Test
    void a_dark_page_keeps_the_screen_set_readable() {
        var window = window(realm, new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))
                .open();
        assertThat(window.loginId()).isVisible();

        assertThat(window.element("#gigya-screen-set")).hasCSS("background-color", "rgb(255, 255, 255)");
        window.picture("login-dark");
    }

    @Test
    void a_wrong_password_is_told_by_the_screen_set_and_the_right_one_goes_on() {
        var window = window(realm).open();
        window.loginId().fill(MARIA);
        window.password().fill("wrong");
        window.password().press("Enter");
        assertThat(window.element(".gigya-error-msg")).hasText("Invalid login or password");

        assertThat(window.signIn(MARIA).tokens().subject()).isNotEmpty();
    }

    @Test
    void a_refused_account_gets_a_readable_page_with_a_way_on() {
        account(realm, "disabled@example.com");
        var other = window(realm).open();
        var user = other.signIn("disabled@example.com").tokens().subject();
        realm.admin()
                .put("realms/" + realm.name() + "/users/" + user, Json.parse("{\"enabled\": false}"))
                .succeeded();
        var window = window(realm).open();
        window.signIn("disabled@example.com");

        assertThat(window.page().getByText("This account is disabled.")).isVisible();
        assertThat(window.element("#gigya-retry")).isVisible();
        assertThat(window.element("#gigya-status")).isHidden();
        window.picture("login-error");
        window.element("#gigya-other-account").click();
        assertThat(window.signIn(MARIA).tokens().accessClaims().path("email").asText())
                .isEqualTo(MARIA);
    }

    @Test
    void the_account_console_shows_who_signed_in() {
        var window = window(realm);
        window.page().navigate(realm.address() + "/account");
        window.signIn(MARIA);

        assertThat(window.page().getByLabel("First name")).hasValue("Maria");
        assertThat(window.page().getByLabel("Email")).hasValue(MARIA);
        window.picture("account-console");
    }
}
