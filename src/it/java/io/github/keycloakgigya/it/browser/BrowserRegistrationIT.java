package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.simulator.SiteBuilder;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** New accounts, and accounts that lack something: the person finishes in the screen-set, on Keycloak's page. */
class BrowserRegistrationIT extends InBrowser {

    @AutoClose
    private GigyaRealm demanding;

    @AutoClose
    private GigyaRealm verifying;

    BrowserRegistrationIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_the_realms() {
        demanding = realm(Site.builder().requiredField("profile.lastName").requiredField("data.terms"));
        verifying = realm(Site.builder().verifiedEmailRequired());
    }

    private GigyaRealm realm(SiteBuilder site) {
        return GigyaRealm.create(keycloak, simulator, site, Map.of(), Map.of());
    }

    @Test
    void a_pending_registration_is_completed_and_the_person_is_signed_in() {
        demanding
                .site()
                .add(Account.builder()
                        .verifiedEmail("bob@example.com")
                        .password(Window.PASSWORD)
                        .profile("firstName", "Bob")
                        .pendingRegistration());
        var window = window(demanding).open().signIn("bob@example.com");
        window.element("input[name='data.terms']").check();
        window.element("input[name='profile.lastName']").fill("Bell");
        window.picture("login-complete-account");
        window.element("[data-action=complete]").click();

        assertThat(window.tokens().accessClaims().path("family_name").asText()).isEqualTo("Bell");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    void a_pending_verification_is_explained_and_works_once_it_is_done() {
        var account = verifying
                .site()
                .add(Account.builder()
                        .unverifiedEmail("eve@example.com")
                        .password(Window.PASSWORD)
                        .pendingVerification());
        var window = window(verifying).open().signIn("eve@example.com");
        assertThat(window.element("#gigya-email-verification-screen")).isVisible();
        assertThat(window.element("#gigya-error")).isHidden();

        account.verifyEmails();
        window.element("[data-switch-screen=toLogin]").click();

        assertThat(window.signIn("eve@example.com")
                        .tokens()
                        .accessClaims()
                        .path("email_verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_new_person_registers_and_is_signed_in() {
        try (var open = GigyaRealm.create(keycloak, simulator)) {
            var window = window(open).open();
            window.element("[data-switch-screen=toRegister]").click();
            window.element("input[name=email]").fill("carl@example.com");
            window.element("input[name='profile.firstName']").fill("Carl");
            window.element("input[name='profile.lastName']").fill("Cole");
            window.element("input[name=password]").fill("secret");
            window.element("[data-action=register]").click();

            var claims = window.tokens().accessClaims();
            assertThat(claims.path("given_name").asText()).isEqualTo("Carl");
            assertThat(claims.path("preferred_username").asText()).isEqualTo("carl@example.com");
            assertThat(claims.has("email")).isFalse();
        }
    }
}
