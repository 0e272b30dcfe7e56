package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever signs a person out who came through the identity provider ends the Gigya session as well. */
@OnlyInFullBuild
class BrowserBrokeredSignOutIT extends InBrowser {

    private static final Map<String, String> HINT = Map.of("kc_idp_hint", BrokeredRealm.ALIAS);

    @AutoClose
    private BrokeredRealm realm;

    BrowserBrokeredSignOutIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
    }

    @Test
    void an_application_signs_the_person_out_and_the_next_visit_asks_again() {
        var account = account(realm.realm(), "application@example.com");
        var window = window(realm.realm());
        var tokens = signIn(window, "application@example.com");
        assertThat(simulator.openSessions(account)).isEqualTo(1);

        window.signOut(tokens);

        awaitSignOut(account);
        window.open(HINT);
        assertThat(window.loginId()).isVisible();
    }

    @Test
    void the_person_signs_out_in_the_account_console() {
        var account = account(realm.realm(), "console@example.com");
        var window = window(realm.realm());
        window.page().navigate(realm.realm().address() + "/account");
        window.element("#social-" + BrokeredRealm.ALIAS).click();
        window.signIn("console@example.com");
        assertThat(window.page().getByLabel("First name")).hasValue("Maria");

        window.page().getByText("Maria Example").click();
        window.page().getByText("Sign out").click();

        awaitSignOut(account);
        assertThat(window.element("#kc-form-login")).isVisible();
    }

    @Test
    void an_application_ends_the_session_with_its_refresh_token() {
        var account = account(realm.realm(), "refresh@example.com");
        var tokens = signIn(window(realm.realm()), "refresh@example.com");

        var answer = realm.realm().login().endSession(tokens);

        assertThat(answer.status()).isEqualTo(204);
        awaitSignOut(account);
    }

    @Test
    void an_administrator_signs_the_user_out() {
        var account = account(realm.realm(), "by-admin@example.com");
        var tokens = signIn(window(realm.realm()), "by-admin@example.com");

        realm.realm()
                .admin()
                .post(path("/users/" + tokens.subject() + "/logout"), Json.parse("{}"))
                .succeeded();

        awaitSignOut(account);
    }

    @Test
    void an_administrator_deletes_the_session() {
        var account = account(realm.realm(), "deleted-session@example.com");
        var tokens = signIn(window(realm.realm()), "deleted-session@example.com");

        realm.realm()
                .admin()
                .delete(path("/sessions/" + tokens.accessClaims().path("sid").asText()))
                .succeeded();

        awaitSignOut(account);
    }

    @Test
    void a_gigya_that_does_not_answer_holds_no_sign_out_up() {
        var account = account(realm.realm(), "silent@example.com");
        var window = window(realm.realm());
        var tokens = signIn(window, "silent@example.com");
        simulator.faults().on("accounts.logout", Fault.silent());
        simulator.calls().reset();
        long begun = System.nanoTime();

        window.signOut(tokens);

        // Gigya would be waited for two seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
        await().untilAsserted(() ->
                assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
        assertThat(simulator.openSessions(account)).isEqualTo(1);
        assertThat(realm.realm()
                        .admin()
                        .get(path("/users/" + tokens.subject() + "/sessions"))
                        .body())
                .isEmpty();
    }

    @Test
    void with_logout_from_gigya_turned_off_the_gigya_session_stays() {
        try (var lasting = BrokeredRealm.create(keycloak, simulator, Map.of("logoutFromGigya", "false"))) {
            var account = account(lasting.realm(), "lasting@example.com");
            var window = window(lasting.realm());
            var tokens = signIn(window, "lasting@example.com");
            simulator.calls().reset();

            window.signOut(tokens);

            // The next visit finds the Gigya session: so nobody ended it in the meantime.
            assertThat(window.open(HINT).tokens().subject()).isEqualTo(tokens.subject());
            assertThat(simulator.calls().count("accounts.logout")).isZero();
            assertThat(simulator.openSessions(account)).isEqualTo(1);
        }
    }

    @Test
    void who_is_linked_but_came_with_a_password_keeps_the_gigya_session() {
        var account = account(realm.realm(), "both@example.com");
        var window = window(realm.realm());
        var user = signIn(window, "both@example.com").subject();
        realm.realm()
                .admin()
                .put(path("/users/" + user + "/reset-password"), Json.parse("""
                        {"type": "password", "value": "local password"}"""))
                .succeeded();
        window.forgetKeycloak().open();
        window.element("#username").fill("both@example.com");
        window.element("#password").fill("local password");
        window.element("#kc-login").click();
        var tokens = window.tokens();
        simulator.calls().reset();

        window.signOut(tokens);

        assertThat(window.open(HINT).tokens().subject()).isEqualTo(user);
        assertThat(simulator.calls().count("accounts.logout")).isZero();
        assertThat(simulator.openSessions(account)).isEqualTo(1);
    }

    private static Tokens signIn(Window window, String email) {
        return window.open(HINT).signIn(email).tokens();
    }

    private void awaitSignOut(Account account) {
        await().untilAsserted(() -> assertThat(simulator.openSessions(account)).isZero());
    }

    private String path(String below) {
        return "realms/" + realm.realm().name() + below;
    }
}
