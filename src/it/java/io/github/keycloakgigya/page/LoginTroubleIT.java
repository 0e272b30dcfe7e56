package io.github.keycloakgigya.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginTroubleIT extends InChromium {

    private static LoginPage pageAfter(String error) {
        return page().withError(error).with("auto", false);
    }

    private void assertExplained(String messageKey) {
        assertThat(window.element("#gigya-error")).isVisible();
        assertThat(window.element("#gigya-error")).hasText(page().text(messageKey));
        assertThat(window.element("#gigya-status")).isHidden();
        assertThat(window.element("#gigya-retry")).isVisible();
    }

    @Test
    void a_script_that_does_not_load_is_explained_and_tried_again_from_the_keyboard() {
        window.openWithScriptAtItsAddress(
                page().with("scriptUrl", window.gigyaScript().replace("gigya.js", "missing.js")), new StubGigya());
        assertExplained("gigyaScriptFailed");

        window.show(page().with("scriptUrl", window.gigyaScript()));
        window.element("#gigya-retry").press("Enter");

        assertThat(window.page().getByLabel("E-mail")).isVisible();
    }

    @Test
    void a_script_that_never_gets_ready_is_explained_after_ten_seconds() {
        window.page().clock().install();
        window.open(page(), new StubGigya().neverReady());
        assertThat(window.element("#gigya-status")).hasText(page().text("gigyaLoading"));

        window.page().clock().runFor(10_000);

        assertExplained("gigyaScriptFailed");
    }

    @Test
    void a_gigya_that_does_not_answer_is_explained_after_ten_seconds() {
        window.page().clock().install();
        window.open(page(), new StubGigya().silent());
        assertThat(window.element("#gigya-status")).hasText(page().text("gigyaSigningIn"));

        window.page().clock().runFor(10_000);

        assertExplained("gigyaScriptFailed");
    }

    @Test
    void a_host_that_the_site_does_not_trust_is_named_for_the_administrator() {
        window.open(page(), new StubGigya().refusing(400120));

        assertExplained("gigyaSiteRefused");
        assertThat(window.console())
                .anyMatch(text ->
                        text.contains("400120") && text.contains("localhost:") && text.contains("trusted URLs"));
    }

    @Test
    void another_refusal_by_gigya_is_not_taken_for_a_missing_session() {
        window.open(page(), new StubGigya().refusing(403048));

        assertExplained("gigyaFailed");
        assertThat(window.calls()).containsExactly("getJWT");
    }

    @Test
    void a_screen_set_that_does_not_exist_is_explained() {
        window.open(page(), new StubGigya().withScreenSetError(400006));

        assertExplained("gigyaFailed");
    }

    @Test
    void after_an_error_an_open_session_waits_for_a_click() {
        window.open(pageAfter("gigyaErrorUnavailable"), new StubGigya().withOpenSession());
        assertThat(window.element("#gigya-retry")).isVisible();
        assertThat(window.page().getByText(page().text("gigyaErrorUnavailable")))
                .isVisible();
        assertThat(window.posts()).isEmpty();

        window.element("#gigya-retry").click();

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-earlier"));
    }

    @Test
    void a_proof_that_another_tab_has_used_is_asked_for_again_before_the_error_is_shown() {
        window.page().clock().install();
        window.open(
                pageAfter("gigyaErrorProofReplayed")
                        .with("proof", "uidSignature")
                        .with("again", true),
                new StubGigya().withOpenSession());
        assertThat(window.element("#gigya-status")).hasText(page().text("gigyaSigningIn"));
        assertThat(window.page().getByText(page().text("gigyaErrorProofReplayed")))
                .isHidden();
        assertThat(window.posts()).isEmpty();

        window.page().clock().runFor(4_000);

        assertThat(window.posted()).containsKeys("UID", "UIDSignature", "signatureTimestamp");
    }

    @Test
    void the_error_is_shown_where_gigya_gives_no_other_proof() {
        window.page().clock().install();
        window.open(
                pageAfter("gigyaErrorProofReplayed")
                        .with("proof", "uidSignature")
                        .with("again", true),
                new StubGigya().refusing(403048));

        window.page().clock().runFor(4_000);

        assertExplained("gigyaFailed");
        assertThat(window.page().getByText(page().text("gigyaErrorProofReplayed")))
                .isVisible();
    }

    @Test
    void a_screen_set_that_the_site_lacks_is_named_for_the_administrator() {
        window.open(page(), new StubGigya().withScreenSetError(404000));

        assertExplained("gigyaFailed");
        assertThat(window.console())
                .anyMatch(text -> text.contains("404000") && text.contains("Default-RegistrationLogin"));
    }

    @Test
    void after_an_error_another_account_can_be_used() {
        window.open(pageAfter("gigyaErrorAccountNotFound"), new StubGigya().withOpenSession());
        window.element("#gigya-other-account").click();
        window.signIn("right");

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-form"));
        assertThat(window.calls()).containsExactly("getJWT", "getAccountInfo", "logout", "showScreenSet", "getJWT");
    }

    @Test
    void after_an_error_without_a_session_the_screen_set_is_under_the_message() {
        window.open(pageAfter("gigyaErrorProofExpired"), new StubGigya());

        assertThat(window.page().getByLabel("E-mail")).isVisible();
        assertThat(window.page().getByText(page().text("gigyaErrorProofExpired")))
                .isVisible();
        assertThat(window.element("#gigya-other-account")).isHidden();
    }

    @Test
    void a_demanded_fresh_sign_in_ends_the_open_session_first() {
        window.open(page().with("fresh", true), new StubGigya().withOpenSession());
        window.signIn("right");

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-form"));
        assertThat(window.calls()).containsExactly("getAccountInfo", "logout", "showScreenSet", "getJWT");
    }

    @Test
    void a_fresh_sign_in_by_redirect_is_not_asked_for_twice() {
        window.open(page().with("fresh", true).with("authFlow", "redirect"), new StubGigya().withOpenSession());
        window.element("#social").click();

        assertThat(window.posted()).isEqualTo(Map.of("id_token", "token-of-social"));
        assertThat(window.calls()).containsExactly("getAccountInfo", "logout", "showScreenSet", "getJWT");
    }

    @Test
    void the_next_login_that_demands_a_fresh_sign_in_asks_again() {
        window.open(page().with("fresh", true), new StubGigya().withOpenSession());
        window.signIn("right");
        window.posted();

        window.show(page().with("scriptUrl", window.gigyaScript())
                .with("fresh", true)
                .with("audience", "audience-of-the-next-login"));
        window.page().navigate(window.refreshUrl());

        assertThat(window.page().getByLabel("E-mail")).isVisible();
        assertThat(window.posts()).hasSize(1);
    }
}
