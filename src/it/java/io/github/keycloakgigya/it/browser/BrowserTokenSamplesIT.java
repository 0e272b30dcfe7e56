package io.github.keycloakgigya.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.WithTokenExchange;
import io.github.keycloakgigya.it.manual.AppSamplesIT;
import io.github.keycloakgigya.it.manual.TokenSamplesIT;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples in {@code docs/apps.md} of token exchange and JWT authorization grant that are JavaScript. */
@OnlyInFullBuild
class BrowserTokenSamplesIT extends InBrowser {

    BrowserTokenSamplesIT(@WithTokenExchange KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @Test
    void a_token_is_exchanged() {
        try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of())) {
            var account = apps.account("sample");
            var script = TokenSamplesIT.sample("js", TokenSamplesIT.EXCHANGE)
                    .with(Map.of(
                            AppSamplesIT.ISSUER,
                            apps.issuer(),
                            "subject_issuer: \"gigya\"",
                            "subject_issuer: \"" + BrokeredRealm.ALIAS + "\""));

            assertThat(uidAfter(script, "exchange", apps, apps.tokenOf(account)))
                    .isEqualTo(account.uid());
        }
    }

    @Test
    void a_token_is_shown_as_a_grant() {
        try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of())) {
            var account = apps.account("sample");
            apps.brokered().signIn(account);
            var script =
                    TokenSamplesIT.sample("js", TokenSamplesIT.GRANT).with(Map.of(AppSamplesIT.ISSUER, apps.issuer()));

            assertThat(uidAfter(script, "authorize", apps, apps.tokenOf(account)))
                    .isEqualTo(account.uid());
        }
    }

    // A backend's code does the same in a browser, as long as Keycloak lets pages ask.
    private String uidAfter(String script, String function, BrokeredApps apps, String token) {
        var page = window(apps.realm()).page();
        page.navigate(GigyaRealm.REDIRECT.toString());
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(script));
        var answer = (Map<?, ?>) page.evaluate(
                "([token, secret]) => " + function + "(token, secret)", new Object[] {token, BrokeredApps.SECRET});
        return new Tokens((String) answer.get("access_token"), "", "")
                .accessClaims()
                .path("gigya.uid")
                .asText();
    }
}
