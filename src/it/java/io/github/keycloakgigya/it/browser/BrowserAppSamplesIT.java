package io.github.keycloakgigya.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import io.github.keycloakgigya.it.Sample;
import io.github.keycloakgigya.it.manual.AppSamplesIT;
import io.github.keycloakgigya.it.manual.TokenSamplesIT;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The samples in {@code docs/apps.md} that a browser runs do what the document says, in the page of an app. */
class BrowserAppSamplesIT extends InBrowser {

    @AutoClose
    private AppRealm apps;

    BrowserAppSamplesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm() {
        apps = AppRealm.create(keycloak, simulator);
    }

    @Test
    void each_sample_is_run_by_a_test() {
        assertThat(Sample.in(AppSamplesIT.DOCUMENT, "js"))
                .extracting(Sample::heading)
                .containsExactly("From a page with Gigya's script", TokenSamplesIT.EXCHANGE, TokenSamplesIT.GRANT);
    }

    @Test
    void a_page_with_gigyas_script_signs_in() {
        var account = account(apps.realm(), "page@example.com");
        var page = pageWithSample();
        signInAtGigya(page, "page@example.com");

        var answer = (Map<?, ?>) page.evaluate("signIn()");

        var tokens = new Tokens((String) answer.get("access_token"), (String) answer.get("id_token"), "");
        assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(answer.get("expires_in")).isNotNull();
    }

    @Test
    void a_refusal_can_be_read_by_the_page() {
        var account = account(apps.realm(), "refused@example.com");
        var id = apps.signIn(account).subject();
        new UserAdmin(apps.realm()).change(id, user -> user.put("enabled", false));
        var page = pageWithSample();
        signInAtGigya(page, "refused@example.com");

        assertThatThrownBy(() -> page.evaluate("signIn()"))
                .hasMessageContaining("invalid_grant: The account is disabled");
    }

    @Test
    void a_person_who_is_not_signed_in_at_gigya_gets_no_proof() {
        var page = pageWithSample();

        assertThatThrownBy(() -> page.evaluate("signIn()")).hasMessageContaining("Unauthorized user");
    }

    private Page pageWithSample() {
        var page = window(apps.realm()).page();
        page.navigate(GigyaRealm.REDIRECT.toString());
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl("https://" + simulator.apiDomain() + "/js/gigya.js?apikey="
                        + apps.realm().site().apiKey()));
        var sample = Sample.in(AppSamplesIT.DOCUMENT, "js").get(0);
        page.addScriptTag(
                new Page.AddScriptTagOptions().setContent(sample.with(Map.of(AppSamplesIT.ISSUER, apps.issuer()))));
        return page;
    }

    private static void signInAtGigya(Page page, String email) {
        page.evaluate(
                "([loginID, password]) => new Promise(callback => gigya.accounts.login({loginID, password, callback}))",
                new Object[] {email, Window.PASSWORD});
    }
}
