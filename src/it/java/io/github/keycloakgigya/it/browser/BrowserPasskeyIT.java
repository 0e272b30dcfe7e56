package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person signs in with a passkey on the screen-set, with an authenticator that Chromium plays. */
@OnlyInFullBuild
class BrowserPasskeyIT extends InBrowser {

    private static final Map<String, String> STEP = Map.of("startScreen", "gigya-passkey-login-screen");

    @AutoClose
    private GigyaRealm realm;

    @AutoClose
    private GigyaRealm elsewhere;

    BrowserPasskeyIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_the_realms() {
        realm = GigyaRealm.create(keycloak, simulator, Map.of(), STEP);
        elsewhere = GigyaRealm.create(keycloak, simulator, Site.builder().passkeyDomain("example.com"), Map.of(), STEP);
    }

    @Test
    void a_passkey_that_was_made_on_the_website_signs_in_at_keycloak() {
        var account = account(realm, "passkey@example.com");
        var window = window(realm);
        addAuthenticator(window);
        assertThat(registerOnTheWebsite(window, "passkey@example.com")).isEqualTo("OK");

        window.open();
        passkey(window).click();

        assertThat(window.tokens().accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(window.problems()).isEmpty();
    }

    @Test
    void who_has_no_passkey_can_sign_in_otherwise() {
        var account = account(realm, "no-passkey@example.com");
        var window = window(realm);
        addAuthenticator(window);
        window.open();
        passkey(window).click();
        assertThat(window.element("#gigya-screen-set [role=alert]")).isVisible();

        window.element("#gigya-screen-set [data-switch-screen=toLogin]").click();
        window.signIn("no-passkey@example.com");

        assertThat(window.tokens().accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
    }

    @Test
    void passkeys_of_a_domain_that_keycloaks_host_is_not_below_are_refused_by_the_browser() {
        account(elsewhere, "elsewhere@example.com");
        var window = window(elsewhere);
        addAuthenticator(window);
        window.open();

        passkey(window).click();

        assertThat(window.element("#gigya-screen-set [role=alert]")).isVisible();
        window.element("#gigya-screen-set [data-switch-screen=toLogin]").click();
        window.signIn("elsewhere@example.com").tokens();
    }

    private static Locator passkey(Window window) {
        return window.element("#gigya-screen-set [data-action=passkey]");
    }

    // Each window forgets its authenticator when it is closed.
    private static void addAuthenticator(Window window) {
        var devTools = window.context().newCDPSession(window.page());
        devTools.send("WebAuthn.enable");
        var options = new JsonObject();
        options.add("options", JsonParser.parseString("""
                {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
                 "isUserVerified": true, "automaticPresenceSimulation": true}"""));
        devTools.send("WebAuthn.addVirtualAuthenticator", options);
    }

    private Object registerOnTheWebsite(Window window, String email) {
        var page = window.page();
        page.navigate(GigyaRealm.REDIRECT.toString());
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl("https://" + simulator.apiDomain() + "/js/gigya.js?apikey="
                        + realm.site().apiKey()));
        return page.evaluate("""
                async ([loginID, password]) => {
                  await new Promise(callback => gigya.accounts.login({ loginID, password, callback }));
                  const made = await new Promise(callback => gigya.accounts.auth.fido.register({ callback }));
                  await new Promise(callback => gigya.accounts.logout({ callback }));
                  return made.status === 'OK' ? 'OK' : made.errorMessage + ' ' + made.errorDetails;
                }""", new Object[] {email, Window.PASSWORD});
    }
}
