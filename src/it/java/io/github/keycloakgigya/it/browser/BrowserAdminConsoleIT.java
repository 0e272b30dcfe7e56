package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator sets the user federation up in Keycloak's own admin console. */
class BrowserAdminConsoleIT extends InBrowser {

    private final ApplicationKey key = ApplicationKey.random();
    private GigyaRealm realm;
    private AdminConsole console;

    BrowserAdminConsoleIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeEach
    void open_a_realm_without_a_federation() {
        realm = GigyaRealm.create(keycloak, simulator);
        keycloak.admin()
                .delete("realms/" + realm.name() + "/components/" + realm.componentId())
                .succeeded();
        realm.site().setApplicationKey(key);
        for (var name : new String[] {"ada", "konrad", "grace"}) {
            realm.site()
                    .add(Account.builder()
                            .verifiedEmail(name + "@example.org")
                            .password(Window.PASSWORD)
                            .profile("firstName", name)
                            .profile("lastName", "Example"));
        }
        console = AdminConsole.open(window(realm), keycloak, realm);
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void from_an_empty_form_to_synchronised_users_and_back_to_local_ones() {
        console.go("user-federation/gigya/new");
        fillTheForm();

        console.fill("apiKey", "1_of-something-else");
        console.press("custom-save");
        console.message("The setting “API key” must hold the API key of a site");

        console.fill("apiKey", realm.site().apiKey());
        console.fill("config.secret", "d3Jvbmcgc2VjcmV0IHdyb25nIHNlY3JldA==");
        console.press("custom-save");
        console.part("last-alert").waitFor();
        console.picture("admin-refused");
        assertThat(console.message("could not be created")).contains("secret").doesNotContain("d3Jvbmcg");

        console.fill("config.secret", key.secret());
        console.press("custom-save");
        console.message("User federation provider successfully created");

        openTheProvider();
        console.picture("admin-federation");
        console.choose("Sync all users");
        assertThat(console.message("Sync of users finished successfully")).contains("3 users added");

        console.listUsers();
        console.row("ada@example.org").waitFor();
        assertThat(console.row("@example.org")).hasCount(3);
        console.picture("admin-users");

        console.row("ada@example.org").click();
        for (var field : new String[] {"username", "email", "firstName", "lastName"}) {
            assertThat(console.part(field)).not().isEditable();
        }
        assertThat(console.part("firstName")).hasValue("ada");
        console.part("firstName").scrollIntoViewIfNeeded();
        console.picture("admin-user");

        openTheProvider();
        console.choose("Unlink users");
        console.press("confirm");
        console.message("Unlink of users finished successfully");

        console.listUsers();
        console.row("ada@example.org").click();
        assertThat(console.part("firstName")).isEditable();
    }

    @Test
    void a_refusal_is_in_the_language_that_the_administrator_has_chosen() {
        internationalize(true);
        choose("de");
        try {
            console = AdminConsole.open(window(realm), keycloak, realm).go("user-federation/gigya/new");
            fillTheForm();

            console.fill("apiKey", "1_of-something-else");
            console.press("custom-save");

            console.message("Die Einstellung „API-Schlüssel“ muss den API-Schlüssel einer Site enthalten");
        } finally {
            choose("en");
            internationalize(false);
        }
    }

    private void internationalize(boolean enabled) {
        keycloak.admin()
                .put("realms/master", Json.parse("""
                {"internationalizationEnabled": %s, "supportedLocales": ["en", "de"]}""".formatted(enabled)))
                .succeeded();
    }

    private void choose(String language) {
        var administrators = keycloak.admin()
                .get("realms/master/users?username=" + KeycloakServer.ADMIN)
                .body();
        var administrator = (ObjectNode) administrators.get(0);
        administrator.withObject("/attributes").putArray("locale").add(language);
        keycloak.admin()
                .put("realms/master/users/" + administrator.path("id").asText(), administrator)
                .succeeded();
    }

    private void fillTheForm() {
        console.fill("name", "Customers");
        console.fill("userKey", key.userKey());
        console.fill("apiDomain", simulator.apiDomain());
        console.fill("config.secret", key.secret());
    }

    private void openTheProvider() {
        console.go("user-federation");
        console.part("keycloak-card-title").locator("a").click();
        console.part("custom-save").waitFor();
    }
}
