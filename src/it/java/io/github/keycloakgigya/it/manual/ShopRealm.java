package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The realm that the files in {@code docs/examples} set up, with its site.
 *
 * @param simulator where the site is
 * @param site whose only secret in use is an application's
 * @param userKey of the application
 */
record ShopRealm(GigyaSimulator simulator, Site site, String userKey) {

    static final String NAME = "shop";
    static final Path EXAMPLES = Path.of("docs", "examples");
    static final Path FILE = EXAMPLES.resolve("shop-realm.json");

    /** What the vault calls the secret of both the user federation and the identity provider. */
    static final String VAULT_ENTRY = "gigya";

    static final String VAULT_REFERENCE = "${vault." + VAULT_ENTRY + "}";

    private static final Map<String, String> THE_PROVIDER = Map.of("kc_idp_hint", "gigya");
    private static final int MOST_TRIES = 10;
    // Nobody listens there: only the address that Keycloak sends the browser back to is read.
    private static final URI REDIRECT = URI.create("https://shop.example.com/signed-in");

    /** {@return the realm of a new site, before anything is set up} */
    static ShopRealm of(GigyaSimulator simulator, ApplicationKey key) {
        Secrets.remember("application secret", key.secret());
        var site = simulator.addSite(Site.builder().applicationKey(key));
        Secrets.remember("partner secret", site.partnerSecret());
        return new ShopRealm(simulator, site, key.userKey());
    }

    /** {@return the same realm with another application's key} */
    ShopRealm withUserKey(String other) {
        return new ShopRealm(simulator, site, other);
    }

    /** {@return the variables of the realm file} */
    Map<String, String> variables(String secret) {
        var variables = new HashMap<String, String>();
        variables.put("GIGYA_API_DOMAIN", simulator.apiDomain());
        variables.put("GIGYA_API_KEY", site.apiKey());
        variables.put("GIGYA_USER_KEY", userKey);
        variables.put("GIGYA_SECRET", secret);
        return variables;
    }

    /** Gives the application another secret, the only one from now on. */
    void changeSecret(ApplicationKey key) {
        Secrets.remember("application secret", key.secret());
        site.setApplicationKey(key);
    }

    /** {@return an account of a gold member} */
    Account goldMember() {
        return site.add(Account.builder()
                .verifiedEmail(UUID.randomUUID() + "@example.com")
                .profile("firstName", "Maria")
                .profile("lastName", "Example")
                .data("interests", List.of("sailing", "chess"))
                .data("memberNumber", 4711)
                .data("loyalty", Map.of("level", "gold")));
    }

    /**
     * Asserts that a gold member signs in with the step and with the identity provider, as one user.
     *
     * @return the user's id
     */
    String letsIn(KeycloakServer keycloak) {
        var account = goldMember();

        var withStep = signIn(keycloak, account, Map.of());
        var withProvider = signIn(keycloak, account, THE_PROVIDER);

        assertThat(withStep.path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(withStep.path("memberNumber").asLong()).isEqualTo(4711);
        assertThat(withStep.path("interests"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("sailing", "chess");
        assertThat(withProvider.path("sub")).isEqualTo(withStep.path("sub"));
        assertThat(withProvider.path("loyaltyLevel").asText()).isEqualTo("gold");
        assertThat(withProvider.at("/realm_access/roles"))
                .extracting(JsonNode::asText)
                .contains("gold");
        return withStep.path("sub").asText();
    }

    /** Asserts that nobody signs in, with the step or the identity provider, because the settings are wrong. */
    void isMisconfigured(KeycloakServer keycloak) {
        assertThat(answer(login(keycloak), goldMember(), Map.of()).text())
                .contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(answer(login(keycloak), goldMember(), THE_PROVIDER).text())
                .contains(Refusal.GIGYA_MISCONFIGURED.message());
    }

    private JsonNode signIn(KeycloakServer keycloak, Account account, Map<String, String> parameters) {
        var login = login(keycloak);
        return login.finish(answer(login, account, parameters)).accessClaims();
    }

    /** {@return the last page that somebody sees who tries again where Gigya did not answer in time} */
    private Page answer(LoginFlow login, Account account, Map<String, String> parameters) {
        var answer = attempt(login, account, parameters);
        // A busy machine may miss the deadline, which holds for all calls of a sign-in together.
        for (var tries = 1; isLate(login, answer) && tries < MOST_TRIES; tries++) {
            answer = attempt(login, account, parameters);
        }
        return answer;
    }

    private static boolean isLate(LoginFlow login, Page answer) {
        return !login.isDone(answer) && answer.text().contains(Refusal.GIGYA_UNAVAILABLE.message());
    }

    private Page attempt(LoginFlow login, Account account, Map<String, String> parameters) {
        var shown = login.begin(parameters);
        if (!GigyaPage.isOn(shown)) {
            return shown;
        }
        var page = GigyaPage.of(shown);
        var proof = simulator.accountToken(site, account, page.audience());
        return login.browser().post(page.action(), Form.of("id_token", proof));
    }

    private static LoginFlow login(KeycloakServer keycloak) {
        return new LoginFlow(HttpBrowser.of(keycloak.address()), NAME, "shop-app", REDIRECT);
    }
}
