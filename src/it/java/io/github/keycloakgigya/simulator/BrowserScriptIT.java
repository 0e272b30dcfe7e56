package io.github.keycloakgigya.simulator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.page.SharedChromium;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser script in the machine's own Chromium, on a page of another origin. */
@ExtendWith(SharedChromium.class)
class BrowserScriptIT extends SimulatorTest {

    private final Account account = site.add(Account.builder()
            .verifiedEmail("ann@example.com")
            .password("secret")
            .profile("firstName", "Ann"));
    private final LoginPageServer pages = new LoginPageServer(simulator, site);
    private Chromium chromium;
    private BrowserContext window;
    private Page page;

    @BeforeAll
    void take(Chromium shared) {
        chromium = shared;
    }

    @BeforeEach
    void open_window() {
        window = chromium.newWindow(new Browser.NewContextOptions());
        page = window.newPage();
    }

    @AfterEach
    void close_window() {
        window.close();
    }

    @AfterAll
    void stop_the_pages() {
        pages.close();
    }

    @Test
    void a_person_signs_in_by_keyboard_and_the_page_has_a_session() throws ParseException {
        open("lang=en");
        page.locator("#gigya-login-screen-username").focus();
        page.keyboard().type("ann@example.com");
        page.keyboard().press("Tab");
        page.keyboard().type("secret");
        page.keyboard().press("Enter");

        var event = event("login");
        assertThat(event.get("UID")).isEqualTo(account.uid());
        assertThat(((Map<?, ?>) event.get("profile")).get("firstName")).isEqualTo("Ann");
        assertThat(claim(event, "isLoggedIn")).isEqualTo(true);
        assertThat(page.locator("#gigya-login-screen")).hasCount(0);

        page.reload();
        assertThat(ask("getAccountInfo", Map.of("include", "id_token")).get("UID"))
                .isEqualTo(account.uid());
        assertThat(claim(ask("getJWT", Map.of("audience", "somebody")), "aud")).isEqualTo(List.of("somebody"));
        assertThat(ask("logout", Map.of()).get("errorCode")).isEqualTo(0);
        assertThat(ask("getAccountInfo", Map.of()).get("errorCode")).isEqualTo(403005);
        assertThat(simulator.openSessions(account)).isZero();
    }

    @Test
    void a_wrong_password_is_told_in_the_persons_language() {
        open("lang=de");
        assertThat(page.locator("h2")).hasText("Anmelden");
        signIn("ann@example.com", "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Anmeldename oder Passwort ist falsch");
        assertThat(event("error").get("errorCode")).isEqualTo(403042);
    }

    @Test
    void an_unfinished_registration_logs_in_only_when_completed() {
        var pending =
                simulator.addSite(Site.builder().requiredField("data.terms").requiredField("profile.lastName"));
        pending.add(Account.builder().username("bob").password("secret").pendingRegistration());
        try (var otherPages = new LoginPageServer(simulator, pending)) {
            page.navigate(otherPages.url("localhost", ""));
            signIn("bob", "secret");
            page.locator("#gigya-complete-registration-screen input[name='data.terms']")
                    .check();
            assertThat(page.evaluate("events.length")).isEqualTo(0);
            page.locator("input[name='profile.lastName']").fill("Bell");
            page.locator("[data-action=complete]").click();
            assertThat(event("login").get("provider")).isEqualTo("");
        }
    }

    @Test
    void a_person_registers_and_is_signed_in() {
        open("");
        page.locator("[data-switch-screen=toRegister]").click();
        page.locator("input[name=email]").fill("carl@example.com");
        page.locator("input[name='profile.firstName']").fill("Carl");
        page.locator("input[name='profile.lastName']").fill("Cole");
        page.locator("input[name=password]").fill("secret");
        page.locator("[data-action=register]").click();
        assertThat(event("login").get("newUser")).isEqualTo(true);
        assertThat(site.accountByLoginId("carl@example.com")).isPresent();
    }

    @Test
    void a_social_sign_in_works_by_pop_up() {
        var social = site.add(Account.builder().verifiedEmail("pop@example.com").loginProvider("facebook"));
        open("");
        var popUp = page.waitForPopup(() -> page.locator(".gigya-social-login").click());
        popUp.getByText("pop@example.com").click();
        var event = event("login");
        assertThat(event.get("UID")).isEqualTo(social.uid());
        assertThat(event.get("provider")).isEqualTo("facebook");
        assertThat(popUp.isClosed()).isTrue();
    }

    @Test
    void a_social_sign_in_by_redirect_comes_back_with_an_open_session() {
        var social = site.add(Account.builder().verifiedEmail("red@example.com").loginProvider("facebook"));
        open("authFlow=redirect");
        page.locator(".gigya-social-login").click();
        page.getByText("red@example.com").click();
        page.waitForURL(pages.url("localhost", "authFlow=redirect"));
        assertThat(page.locator("#gigya-login-screen")).isVisible();
        assertThat(ask("getAccountInfo", Map.of()).get("UID")).isEqualTo(social.uid());
    }

    @Test
    void a_page_that_may_not_use_the_site_is_told_why() {
        page.navigate(pages.url("127.0.0.1", ""));
        assertThat(event("error").get("errorCode")).isEqualTo(400120);
        open("noReferrer=1");
        assertThat(event("error").get("errorCode")).isEqualTo(403015);
        open("screenSet=Unknown");
        assertThat(event("error").get("errorCode")).isEqualTo(404000);
        open("containerID=missing");
        assertThat(event("error").get("errorCode")).isEqualTo(400103);
    }

    private void open(String query) {
        page.navigate(pages.url("localhost", query));
    }

    private void signIn(String loginId, String password) {
        page.locator("input[name=username]").fill(loginId);
        page.locator("input[name=password]").fill(password);
        page.locator("[data-action=login]").click();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> event(String name) {
        return (Map<String, Object>)
                page.waitForFunction("name => events.find(event => event.eventName === name)", name)
                        .jsonValue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> ask(String method, Map<String, String> parameters) {
        page.waitForFunction("window.gigya && gigya.isReady");
        return (Map<String, Object>)
                page.evaluate("([method, parameters]) => ask(method, parameters)", List.of(method, parameters));
    }

    private static Object claim(Map<String, Object> answer, String name) throws ParseException {
        return SignedJWT.parse((String) answer.get("id_token"))
                .getJWTClaimsSet()
                .getClaim(name);
    }
}
