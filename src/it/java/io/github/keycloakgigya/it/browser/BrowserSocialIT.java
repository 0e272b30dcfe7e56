package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person signs in with a social network inside the screen-set, and goes on in the same login. */
@OnlyInFullBuild
class BrowserSocialIT extends InBrowser {

    @AutoClose
    private GigyaRealm popUps;

    @AutoClose
    private GigyaRealm redirects;

    BrowserSocialIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_the_realms() {
        popUps = GigyaRealm.create(keycloak, simulator);
        redirects = GigyaRealm.create(keycloak, simulator, Map.of(), Map.of("authFlow", "redirect"));
    }

    @Test
    void a_pop_up_brings_the_person_in() {
        var account = facebook(popUps, "pop-up@example.com");
        var window = window(popUps).open();

        var popUp = window.page().waitForPopup(() -> socialButton(window).click());
        popUp.getByText("pop-up@example.com").click();

        assertThat(uidIn(window.tokens())).isEqualTo(account.uid());
        assertThat(window.problems()).isEmpty();
    }

    @Test
    void a_pop_up_that_is_closed_leaves_the_screen_set_as_it_was() {
        var account = facebook(popUps, "second-try@example.com");
        var window = window(popUps).open();
        window.page().waitForPopup(() -> socialButton(window).click()).close();

        var popUp = window.page().waitForPopup(() -> socialButton(window).click());
        popUp.getByText("second-try@example.com").click();

        assertThat(uidIn(window.tokens())).isEqualTo(account.uid());
    }

    @Test
    void a_redirect_comes_back_into_the_same_login() {
        var account = facebook(redirects, "redirect@example.com");
        var window = window(redirects).open();

        socialButton(window).click();
        window.page().getByText("redirect@example.com").click();

        // The state and the PKCE verifier are those of the sign-in that was begun before.
        assertThat(uidIn(window.tokens())).isEqualTo(account.uid());
        assertThat(window.problems()).isEmpty();
    }

    @Test
    void a_redirect_counts_as_the_fresh_sign_in_that_was_demanded() {
        var account = facebook(redirects, "fresh@example.com");
        var window = window(redirects).open(Map.of("prompt", "login"));

        socialButton(window).click();
        window.page().getByText("fresh@example.com").click();

        assertThat(uidIn(window.tokens())).isEqualTo(account.uid());
    }

    @Test
    void a_person_who_comes_back_without_having_signed_in_can_still_do_so() {
        var account = facebook(redirects, "undecided@example.com");
        var window = window(redirects).open();
        socialButton(window).click();
        assertThat(window.page().getByText("undecided@example.com")).isVisible();
        window.page().goBack();

        socialButton(window).click();
        window.page().getByText("undecided@example.com").click();

        assertThat(uidIn(window.tokens())).isEqualTo(account.uid());
    }

    private static Account facebook(GigyaRealm realm, String email) {
        return realm.site().add(Account.builder().verifiedEmail(email).loginProvider("facebook"));
    }

    private static Locator socialButton(Window window) {
        return window.element("#gigya-screen-set [data-provider=facebook]");
    }

    private static String uidIn(Tokens tokens) {
        return tokens.accessClaims().path("gigya.uid").asText();
    }
}
