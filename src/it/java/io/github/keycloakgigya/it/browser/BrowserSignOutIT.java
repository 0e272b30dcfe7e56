package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever signs a person out of Keycloak ends the Gigya session as well. */
class BrowserSignOutIT extends InBrowser {

    @AutoClose
    private GigyaRealm realm;

    BrowserSignOutIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
    }

    @Test
    void an_application_signs_the_person_out_and_the_next_visit_asks_again() {
        var account = account(realm, "application@example.com");
        var window = window(realm).open();
        var tokens = window.signIn("application@example.com").tokens();
        assertThat(simulator.openSessions(account)).isEqualTo(1);

        window.signOut(tokens);

        awaitSignOut(account);
        window.open();
        assertThat(window.loginId()).isVisible();
    }

    @Test
    void the_person_signs_out_in_the_account_console() {
        var account = account(realm, "console@example.com");
        var window = window(realm);
        window.page().navigate(realm.address() + "/account");
        window.signIn("console@example.com");
        assertThat(window.page().getByLabel("First name")).hasValue("Maria");

        window.page().getByText("Maria Example").click();
        window.page().getByText("Sign out").click();

        awaitSignOut(account);
        assertThat(window.loginId()).isVisible();
    }

    @Test
    void an_administrator_signs_the_user_out() {
        var account = account(realm, "by-admin@example.com");
        var tokens = window(realm).open().signIn("by-admin@example.com").tokens();

        realm.admin()
                .post(path("/users/" + tokens.subject() + "/logout"), Json.parse("{}"))
                .succeeded();

        awaitSignOut(account);
    }

    @Test
    void an_administrator_deletes_the_session() {
        var account = account(realm, "deleted-session@example.com");
        var tokens = window(realm).open().signIn("deleted-session@example.com").tokens();

        realm.admin()
                .delete(path("/sessions/" + tokens.accessClaims().path("sid").asText()))
                .succeeded();

        awaitSignOut(account);
    }

    @Test
    void a_gigya_that_does_not_answer_holds_no_sign_out_up() {
        var account = account(realm, "silent@example.com");
        var window = window(realm).open();
        var tokens = window.signIn("silent@example.com").tokens();
        simulator.faults().on("accounts.logout", Fault.silent());
        simulator.calls().reset();
        long begun = System.nanoTime();

        window.signOut(tokens);

        // Gigya would be waited for two seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
        await().untilAsserted(() ->
                assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
        assertThat(simulator.openSessions(account)).isEqualTo(1);
        assertThat(realm.admin()
                        .get(path("/users/" + tokens.subject() + "/sessions"))
                        .body())
                .isEmpty();
    }

    @Test
    void a_sign_in_again_leaves_the_session_open() {
        var account = account(realm, "again@example.com");
        var window = window(realm).open();
        window.signIn("again@example.com").tokens();
        simulator.calls().reset();

        window.open(Map.of("prompt", "login")).signIn("again@example.com").tokens();
        window.forgetKeycloak().open().tokens();

        assertThat(simulator.openSessions(account)).isEqualTo(1);
    }

    @Test
    void with_logout_from_gigya_turned_off_the_gigya_session_stays() {
        try (var lasting = GigyaRealm.create(keycloak, simulator, Map.of(), Map.of("logoutFromGigya", "false"))) {
            var account = account(lasting, "lasting@example.com");
            var window = window(lasting).open();
            var tokens = window.signIn("lasting@example.com").tokens();
            simulator.calls().reset();

            window.signOut(tokens);

            // The next visit finds the Gigya session: so nobody ended it in the meantime.
            assertThat(window.open().tokens().subject()).isEqualTo(tokens.subject());
            assertThat(simulator.calls().count("accounts.logout")).isZero();
            assertThat(simulator.openSessions(account)).isEqualTo(1);
        }
    }

    private void awaitSignOut(Account account) {
        await().untilAsserted(() -> assertThat(simulator.openSessions(account)).isZero());
    }

    private String path(String below) {
        return "realms/" + realm.name() + below;
    }
}
