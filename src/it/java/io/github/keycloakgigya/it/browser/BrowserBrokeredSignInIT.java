package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person chooses the identity provider on Keycloak's login page, beside a password and another provider. */
class BrowserBrokeredSignInIT extends InBrowser {

    private static final String NAME = "Example Shop account";

    @AutoClose
    private BrokeredRealm realm;

    private UserAdmin users;

    BrowserBrokeredSignInIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm_with_two_providers() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of("$displayName", "\"" + NAME + "\""));
        users = new UserAdmin(realm.realm());
        realm.realm().admin().post(realm.providers(), Json.parse("""
                        {"alias": "google", "providerId": "google", "enabled": true,
                         "config": {"clientId": "an-id", "clientSecret": "a-secret"}}""")).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak", "gigya"})
    void every_login_theme_offers_it_with_name_and_icon(String theme) {
        users.changeRealm("{\"loginTheme\": \"" + theme + "\"}");
        try {
            var email = theme + "@example.com";
            var account = account(realm.realm(), email);
            var window = window(realm.realm()).open();
            assertThat(offer(window)).hasText(NAME);
            assertThat(window.element("#social-google")).isVisible();
            assertThat(offer(window).evaluate("""
                            link => [...link.querySelectorAll('*')]
                              .map(part => getComputedStyle(part, '::before'))
                              .filter(icon => icon.fontFamily.includes('pficon') && icon.content.length === 3).length""")).isEqualTo(1);
            assertThat(
                            offer(window)
                                    .evaluate(
                                            "link => getComputedStyle(link.querySelector('span')).fontFamily === getComputedStyle(link).fontFamily"))
                    .isEqualTo(true);
            window.picture("idp-login-" + theme.replace("keycloak.v2", "default"));

            offer(window).click();
            assertThat(window.loginId()).isVisible();

            var tokens = window.signIn(email).tokens();
            assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
            assertThat(window.problems()).isEmpty();
        } finally {
            users.changeRealm("{\"loginTheme\": \"\"}");
        }
    }

    @Test
    void an_existing_user_is_linked_only_after_the_person_has_proven_to_be_that_user() {
        var account = account(realm.realm(), "existing@example.com");
        var local = users.addLocal("existing", "existing@example.com", true);
        var window = window(realm.realm()).open();
        offer(window).click();
        window.signIn("existing@example.com");
        assertThat(window.page().getByText("User with email existing@example.com already exists."))
                .isVisible();
        window.picture("idp-existing-user");

        window.element("#linkAccount").click();
        window.element("#password").fill("a guess");
        window.element("#kc-login").click();
        assertThat(window.element("#password")).hasValue("");
        assertThat(realm.linksOf(local)).isEmpty();

        window.element("#password").fill("local password");
        window.element("#kc-login").click();
        assertThat(window.tokens().subject()).isEqualTo(local);
        assertThat(realm.linksOf(local))
                .singleElement()
                .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(account.uid()));
        assertThat(users.byId(local).path("username").asText()).isEqualTo("existing");
    }

    @Test
    void the_second_visit_needs_no_click_on_the_page_while_a_gigya_session_is_open() {
        account(realm.realm(), "again@example.com");
        var window = window(realm.realm()).open();
        offer(window).click();
        var first = window.signIn("again@example.com").tokens();

        window.forgetKeycloak().open();
        offer(window).click();

        assertThat(window.tokens().subject()).isEqualTo(first.subject());
    }

    @Test
    void who_cancels_is_back_among_all_ways_to_sign_in_and_may_change_their_mind() {
        account(realm.realm(), "cancelling@example.com");
        var window = window(realm.realm()).open();
        offer(window).click();
        assertThat(window.loginId()).isVisible();
        window.picture("idp-page");

        cancel(window).click();

        assertThat(window.element("#kc-form-login")).isVisible();
        assertThat(window.page().getByText("Access denied")).hasCount(0);
        offer(window).click();
        window.signIn("cancelling@example.com").tokens();
    }

    @Test
    void who_cancels_after_a_hint_of_the_application_can_use_a_password() {
        var local = users.addLocal("hinted", "hinted@example.com", true);
        var window = window(realm.realm()).open(Map.of("kc_idp_hint", BrokeredRealm.ALIAS));
        assertThat(window.loginId()).isVisible();

        cancel(window).click();
        window.element("#username").fill("hinted");
        window.element("#password").fill("local password");
        window.element("#kc-login").click();

        assertThat(window.tokens().subject()).isEqualTo(local);
    }

    @Test
    void a_refused_account_leads_back_to_the_login_page_which_says_why() {
        account(realm.realm(), "refused@example.com");
        var other = window(realm.realm()).open();
        offer(other).click();
        var user = other.signIn("refused@example.com").tokens().subject();
        users.change(user, representation -> representation.put("enabled", false));
        var window = window(realm.realm()).open();
        offer(window).click();

        window.signIn("refused@example.com");

        assertThat(window.page().getByText("This account is disabled.")).isVisible();
        assertThat(window.element("#kc-form-login")).isVisible();
        window.picture("idp-error");
    }

    @Test
    void a_reload_and_another_language_keep_the_login() {
        account(realm.realm(), "switching@example.com");
        var window = window(realm.realm()).open();
        offer(window).click();
        assertThat(window.loginId()).isVisible();

        window.page().reload();
        assertThat(window.loginId()).isVisible();
        speakGerman(window);
        assertThat(window.element("#gigya-screen-set h2")).hasText("Anmelden");
        assertThat(cancel(window)).hasText("Abbrechen");
        window.page().reload();
        assertThat(window.element("#gigya-screen-set h2")).hasText("Anmelden");

        window.signIn("switching@example.com").tokens();
    }

    @Test
    void the_login_page_after_a_failure_can_be_reloaded_and_speaks_other_languages() {
        var window = window(realm.realm()).open();
        offer(window).click();
        cancel(window).click();
        assertThat(window.element("#kc-form-login")).isVisible();

        speakGerman(window);
        assertThat(window.element("#kc-login")).hasText("Anmelden");
        window.page().reload();
        assertThat(window.element("#kc-form-login")).isVisible();
    }

    @Test
    void the_way_back_leads_from_the_page_to_the_login_page() {
        var window = window(realm.realm()).open();
        offer(window).click();
        assertThat(window.loginId()).isVisible();

        window.page().goBack();

        assertThat(window.element("#kc-form-login")).isVisible();
        offer(window).click();
        assertThat(window.loginId()).isVisible();
    }

    private static Locator offer(Window window) {
        return window.element("#social-" + BrokeredRealm.ALIAS);
    }

    private static Locator cancel(Window window) {
        return window.element("#gigya-cancel button");
    }

    private static void speakGerman(Window window) {
        var languages = window.element("#login-select-toggle");
        languages.selectOption(
                languages.locator("option[value*='kc_locale=de']").getAttribute("value"));
    }
}
