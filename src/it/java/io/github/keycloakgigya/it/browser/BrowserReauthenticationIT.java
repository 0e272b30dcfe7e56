package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions that are open already, at Gigya or in Keycloak, and applications that don't content themselves with them. */
class BrowserReauthenticationIT extends InBrowser {

    private static final String MARIA = "maria@example.com";
    private static final String OTHER = "other@example.com";
    private static final Map<String, String> PROMPT = Map.of("prompt", "login");

    @AutoClose
    private GigyaRealm realm;

    private Account maria;

    BrowserReauthenticationIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        maria = account(realm, MARIA);
        account(realm, OTHER);
    }

    @Test
    void an_open_gigya_session_is_picked_up_without_a_click() {
        var window = signedIn();

        var tokens = window.forgetKeycloak().open().tokens();

        assertThat(uidIn(tokens)).isEqualTo(maria.uid());
    }

    @Test
    void prompt_login_asks_again_although_a_gigya_session_is_open() {
        var window = signedIn().forgetKeycloak().open(PROMPT);

        assertThat(window.loginId()).isVisible();
        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void max_age_asks_again_too_where_keycloak_can_not_tell_how_old_the_gigya_session_is() {
        var window = signedIn().forgetKeycloak().open(Map.of("max_age", "3600"));

        assertThat(window.loginId()).isVisible();
        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void a_hostile_browser_can_not_pass_an_old_session_off_as_a_new_sign_in() {
        var account = account(realm, "hostile@example.com");
        window(realm).open().signIn("hostile@example.com").tokens();

        // A sign-in of the last three seconds counts as one of now.
        await().untilAsserted(() -> {
            var hostile = realm.visit(PROMPT);
            var answer = hostile.post(realm.proofOf(account, hostile.audience()));
            assertThat(answer.text()).contains("Too much time has passed since you signed in.");
        });
        assertThat(realm.events())
                .anySatisfy(event ->
                        assertThat(event.at("/details/gigya_error").asText()).isEqualTo("proof_expired"));
    }

    @Test
    void a_known_person_confirms_who_she_is() {
        var window = signedIn().open(PROMPT);
        assertThat(window.loginId()).hasValue(MARIA);
        assertThat(window.element("#kc-attempted-username")).hasValue(MARIA);
        window.picture("login-again");

        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void an_old_keycloak_session_is_renewed_by_the_same_person() {
        var window = signedIn();
        // Keycloak counts whole seconds.
        await().until(() -> {
            window.open(Map.of("max_age", "0")).page().waitForLoadState();
            return window.element("#gigya").count() == 1;
        });

        assertThat(window.loginId()).isVisible();
        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void another_account_can_not_take_a_known_persons_place() {
        var window = signedIn().open(PROMPT);
        window.signIn(OTHER);

        assertThat(window.page().getByText("You chose a different account than before."))
                .isVisible();
        window.picture("login-other-account");
        window.element("#gigya-other-account").click();
        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void somebody_else_starts_over() {
        var window = signedIn().open(PROMPT);
        assertThat(window.loginId()).isVisible();

        window.element("#reset-login").click();

        assertThat(window.element("#kc-attempted-username")).hasCount(0);
        assertThat(window.signIn(OTHER).tokens().accessClaims().path("email").asText())
                .isEqualTo(OTHER);
    }

    @Test
    void cancel_goes_back_to_the_application() {
        var window = window(realm).open();
        window.element("#gigya-cancel button").click();

        assertThat(window.answer().getQuery()).contains("error=access_denied");
    }

    @Test
    void cancel_of_a_confirmation_leaves_the_session_alone() {
        var window = signedIn().open(PROMPT);
        assertThat(window.loginId()).isVisible();
        window.element("#gigya-cancel button").click();
        assertThat(window.answer().getQuery()).contains("error=access_denied");

        assertThat(uidIn(window.open(Map.of("prompt", "none")).tokens())).isEqualTo(maria.uid());
    }

    @Test
    void a_reload_and_the_way_back_stay_in_the_same_login() {
        var window = window(realm).open();
        assertThat(window.loginId()).isVisible();
        window.page().reload();
        assertThat(window.loginId()).isVisible();

        assertThat(uidIn(window.signIn(MARIA).tokens())).isEqualTo(maria.uid());
    }

    private Window signedIn() {
        var window = window(realm).open();
        window.signIn(MARIA).tokens();
        return window;
    }

    private static String uidIn(Tokens tokens) {
        return tokens.accessClaims().path("gigya.uid").asText();
    }
}
