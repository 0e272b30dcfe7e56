package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator sets the identity provider up in the admin console of one version of Keycloak. */
abstract class ProviderConsoleContract extends InBrowser {

    private final ApplicationKey key = ApplicationKey.random();
    private BrokeredRealm realm;
    private AdminConsole console;

    ProviderConsoleContract(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeEach
    void open_a_realm_without_a_provider() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
        realm.realm().admin().delete(realm.path()).succeeded();
        realm.realm().site().setApplicationKey(key);
        account(realm.realm(), "maria@example.com");
        console = AdminConsole.open(window(realm.realm()), keycloak, realm.realm());
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void from_an_empty_form_to_a_sign_in_and_a_changed_setting() {
        console.go("identity-providers/gigya/add");
        console.fill("alias", BrokeredRealm.ALIAS);
        console.fill("displayName", "Example Shop account");
        console.fill("config.clientId", "1_of-something-else");
        console.fill("config.clientSecret", key.secret());
        console.fill("userKey", key.userKey());
        console.fill("apiDomain", simulator.apiDomain());
        console.press("createProvider");
        assertThat(console.message("could not")).contains("must hold the API key of a site");

        console.fill("config.clientId", realm.realm().site().apiKey());
        console.fill("config.clientSecret", "d3Jvbmcgc2VjcmV0IHdyb25nIHNlY3JldA==");
        console.press("createProvider");
        assertThat(console.message("could not"))
                .contains("Gigya refuses the secret")
                .doesNotContain("d3Jvbmcg");

        console.fill("config.clientSecret", key.secret());
        console.part("alias").focus();
        picture("admin-identity-provider");
        console.press("createProvider");
        console.message("Identity provider successfully created");

        console.go("identity-providers/gigya/" + BrokeredRealm.ALIAS + "/settings");
        assertThat(console.part("config.clientSecret")).hasValue("**********");
        assertThat(console.part("config.clientSecret")).hasAttribute("type", "password");
        assertThat(console.part("config.clientId"))
                .hasValue(realm.realm().site().apiKey());
        assertThat(console.part("apiDomain")).hasValue(simulator.apiDomain());
        console.fill("screenSet", "Shop-Login");
        console.press("idp-details-save");
        console.message("Provider successfully updated");

        assertThat(provider().at("/config/screenSet").asText()).isEqualTo("Shop-Login");
        console.fill("screenSet", "Default-RegistrationLogin");
        console.press("idp-details-save");
        console.message("Provider successfully updated");
        var window = window(realm.realm()).open(Map.of("kc_idp_hint", BrokeredRealm.ALIAS));
        assertThat(window.signIn("maria@example.com").tokens().subject()).isNotEmpty();
    }

    /** Writes a picture for the documents, of one version only. */
    abstract void picture(String name);

    AdminConsole console() {
        return console;
    }

    private JsonNode provider() {
        return realm.realm().admin().get(realm.path()).succeeded().body();
    }
}
