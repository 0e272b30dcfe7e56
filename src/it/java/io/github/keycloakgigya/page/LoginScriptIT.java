package io.github.keycloakgigya.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginScriptIT extends InChromium {

    @Test
    void an_open_session_is_picked_up_without_a_click() {
        window.open(page(), new StubGigya().withOpenSession());

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-earlier"));
        assertThat(window.calls()).containsExactly("getJWT");
        assertThat(window.call("getJWT").get("audience").getAsString()).isEqualTo("audience-of-this-login");
        assertThat(window.call("getJWT").get("expiration").getAsInt()).isEqualTo(60);
    }

    @Test
    void without_an_audience_the_token_of_the_sign_in_is_the_proof() {
        window.open(page().with("audience", ""), new StubGigya().withOpenSession());

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "short-token"));
        assertThat(window.call("getAccountInfo").get("include").getAsString()).isEqualTo("id_token");
    }

    @Test
    void with_the_signature_as_proof_no_token_is_asked_for() {
        window.open(page().with("proof", "uidSignature"), new StubGigya().withOpenSession());

        assertThat(window.posted())
                .isEqualTo(Map.of(
                        "UID", "uid-1",
                        "UIDSignature", "signature-of-earlier",
                        "signatureTimestamp", "1700000000"));
        assertThat(window.calls()).containsExactly("getAccountInfo");
    }

    @Test
    void without_a_session_the_screen_set_of_the_settings_is_shown_in_the_persons_language() {
        window.open(new LoginPage(LoginTheme.V2, Locale.GERMAN), new StubGigya());

        assertThat(window.element("#gigya-screen-set .gigya-screen")).isVisible();
        assertThat(window.element("#gigya-status")).isHidden();
        assertThat(window.call("showScreenSet").toString())
                .isEqualTo("{\"screenSet\":\"Default-RegistrationLogin\",\"startScreen\":\"gigya-login-screen\","
                        + "\"lang\":\"de\",\"containerID\":\"gigya-screen-set\",\"authFlow\":\"popup\"}");
        assertThat(window.call("script").get("address").getAsString())
                .isEqualTo(window.gigyaScript() + "?apikey=4_demo&lang=de");
    }

    @Test
    void a_sign_in_is_posted_once_though_gigya_reports_it_three_times() {
        window.open(page(), new StubGigya().reportingLogins(3).answeringAfter(50));
        window.signIn("right");

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-form"));
    }

    @Test
    void the_signature_of_the_sign_in_itself_needs_no_further_call() {
        window.open(page().with("proof", "uidSignature"), new StubGigya().reportingLogins(2));
        window.signIn("right");

        assertThat(window.posted()).containsEntry("UIDSignature", "signature-of-form");
        assertThat(window.calls()).containsExactly("getAccountInfo", "showScreenSet");
    }

    @Test
    void a_wrong_password_stays_with_the_screen_set() {
        window.open(page(), new StubGigya());
        window.signIn("wrong");

        assertThat(window.element(".gigya-error-msg")).hasText("Invalid login or password");
        assertThat(window.element("#gigya-error")).isHidden();
        window.signIn("right");
        assertThat(window.posted()).containsKey("id_token");
    }

    @Test
    void a_login_hint_is_filled_in_and_the_password_comes_next() {
        window.open(page().with("loginHint", "ada@example.org"), new StubGigya());

        assertThat(window.page().getByLabel("E-mail")).hasValue("ada@example.org");
        assertThat(window.page().getByLabel("Password")).isFocused();
    }

    @Test
    void without_a_hint_the_person_can_type_at_once() {
        window.open(page(), new StubGigya());

        assertThat(window.page().getByLabel("E-mail")).isFocused();
    }

    @Test
    void cancel_posts_nothing_but_cancel_also_while_a_proof_is_on_its_way() {
        window.open(page(), new StubGigya().withOpenSession().silent());
        window.page().waitForFunction("window.heldAnswers?.length > 0");

        window.page()
                .evaluate("document.querySelector('#gigya-cancel button').click();"
                        + " window.heldAnswers.forEach((give) => give())");

        assertThat(window.posted()).isEqualTo(Map.of("cancel", "true"));
    }

    @Test
    void a_reload_comes_back_into_the_same_login() {
        window.open(page(), new StubGigya());
        window.page().getByLabel("E-mail").waitFor();
        assertThat(window.page().url()).isEqualTo(window.refreshUrl());

        window.page().reload();

        window.page().getByLabel("E-mail").waitFor();
        assertThat(window.requests()).last().isEqualTo("GET " + LoginPage.REFRESH);
    }

    @Test
    void a_page_out_of_the_back_forward_cache_is_fetched_anew() {
        window.open(page(), new StubGigya());
        window.page().getByLabel("E-mail").waitFor();

        window.page().evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        await().untilAsserted(
                        () -> assertThat(window.requests()).hasSize(2).last().isEqualTo("GET " + LoginPage.REFRESH));
    }

    @Test
    void after_a_sign_in_by_redirect_the_person_goes_on_in_the_same_login() {
        window.open(page().with("authFlow", "redirect"), new StubGigya());
        window.element("#social").click();

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-social"));
        // Gigya's script reads what the redirect added; after that it is gone from the address.
        assertThat(window.call("script").get("page").getAsString()).endsWith("&gig_events=socialize.login");
    }

    @Test
    void a_proof_is_in_no_address_and_not_in_the_console() {
        window.open(page(), new StubGigya());
        window.signIn("right");
        window.posted();

        assertThat(window.console()).noneMatch(text -> text.contains("token-of"));
        assertThat(window.requests()).noneMatch(request -> request.contains("token-of"));
        assertThat(List.of(window.page().url())).noneMatch(url -> url.contains("token-of"));
    }

    @Test
    void a_narrow_window_needs_no_sideways_scrolling() throws IOException {
        openOtherWindow(new Browser.NewContextOptions().setViewportSize(320, 640));
        window.open(page().with("signedInAs", "ada@example.org"), new StubGigya());
        window.page().getByLabel("E-mail").waitFor();

        assertThat(window.page().evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
    }

    @Test
    void without_javascript_the_person_is_told_to_turn_it_on() throws IOException {
        openOtherWindow(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        window.open(page(), new StubGigya());

        assertThat(window.element("noscript .kc-feedback-text")).isVisible();
        // Playwright leaves noscript out when it looks for text.
        assertThat(window.element("noscript").textContent()).contains(page().text("gigyaNoScript"));
        assertThat(window.element("#gigya-status")).isHidden();
    }

    @Test
    void the_field_that_names_a_known_person_has_its_label() {
        window.open(page().withUserKnownToLayout("ada"), new StubGigya());

        assertThat(window.page().getByLabel("Username")).hasValue("ada");
    }
}
