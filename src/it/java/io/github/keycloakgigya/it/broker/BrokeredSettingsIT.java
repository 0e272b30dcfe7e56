package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator sets the identity provider up with the admin API. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredSettingsIT {

    private static final String MASK = "**********";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private AdminClient admin;

    BrokeredSettingsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
        admin = realm.realm().admin();
    }

    @BeforeEach
    void create_the_provider_anew() {
        admin.delete(realm.path()).succeeded();
        realm.addProvider(BrokeredRealm.ALIAS, realm.realm().site(), Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void what_an_administrator_changes_is_what_counts() {
        realm.configure(Map.of(
                "$displayName",
                "\"Shop\"",
                "screenSet",
                "Shop-Login",
                "startScreen",
                "shop-start",
                "proofMaxAgeSeconds",
                "30"));

        var provider = provider();
        assertThat(provider.path("displayName").asText()).isEqualTo("Shop");
        assertThat(provider.at("/config/screenSet").asText()).isEqualTo("Shop-Login");
        assertThat(GigyaPage.of(realm.visit().page()).settings())
                .containsEntry("screen-set", "Shop-Login")
                .containsEntry("start-screen", "shop-start")
                .containsEntry("token-lifetime", "30");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clientId                          | ''                | The setting “Client ID” is required
            clientSecret                      | ''                | The setting “Client Secret” is required
            clientId                          | 1_nonsense        | must hold the API key of a site
            clientSecret                      | not base64!       | The secret is not Base64 text
            dataCenter                        | mars              | The setting “Data center” must be one of
            apiDomain                         | https://example.com | The custom API domain must be a host name
            userKey                           | "a b"             | The application or user key has characters
            authorizationMethod               | magic             | The setting “Authorization method” must be one of
            loginProof                        | word of honour    | The setting “Proof of sign-in” must be one of
            proofMaxAgeSeconds                | 9                 | The setting “Maximum age of a proof (seconds)” must be a whole number from 10 to 600
            readTimeout                       | fast              | The setting “Read timeout (milliseconds)” must be a whole number
            bindProofToSession                | maybe             | The setting “Bind the proof to the login” must be one of
            usernameField                     | profile..email    | The setting “User name field” can't be used
            syncMode                          | sometimes         | The setting “Sync mode” must be one of
            $storeToken                       | true              | do not offer “Store tokens”
            acceptsPromptNoneForwardFromClient | true             | do not offer “Accepts prompt=none forward from client”
            """)
    void a_setting_that_can_not_be_used_is_refused_with_its_name_and_the_reason(
            String setting, String value, String text) {
        var before = provider();
        var settings = new HashMap<>(Map.of("clientSecret", realm.realm().site().partnerSecret()));
        settings.put(setting, value);
        var wrong = realm.provider(BrokeredRealm.ALIAS, realm.realm().site(), settings);

        var update = admin.put(realm.path(), wrong);
        var creation = admin.post(realm.providers(), wrong.put("alias", "new"));

        assertThat(update.status()).isEqualTo(400);
        assertThat(update.body().path("errorMessage").asText()).contains(text);
        assertThat(creation.status()).isEqualTo(400);
        assertThat(creation.body().path("errorMessage").asText()).contains(text);
        assertThat(provider()).isEqualTo(before);
    }

    @Test
    void an_essential_claim_that_is_no_pattern_is_refused() {
        var wrong = realm.provider(
                "new",
                realm.realm().site(),
                Map.of("filteredByClaim", "true", "claimFilterName", "data.level", "claimFilterValue", "gold("));

        var refused = admin.post(realm.providers(), wrong);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText())
                .contains("The setting “Essential claim value” can't be used");
    }

    @Test
    void nobody_reads_the_secret_back() {
        var secret = realm.realm().site().partnerSecret();
        realm.configure(Map.of("clientSecret", secret + " ", "screenSet", "Saved-With-The-Secret"));

        var list = admin.get(realm.providers()).succeeded().body();
        var export = admin.post("realms/" + realm.realm().name() + "/partial-export", Json.parse(""))
                .succeeded()
                .body();

        assertThat(provider().at("/config/clientSecret").asText()).isEqualTo(MASK);
        assertThat(list.at("/0/config/clientSecret").asText()).isEqualTo(MASK);
        assertThat(export.at("/identityProviders/0/config/clientSecret").asText())
                .isEqualTo(MASK);
        assertThat(export.toString()).doesNotContain(secret);
        assertThat(admin.adminEvents(realm.realm().name()).toString())
                .contains("Saved-With-The-Secret")
                .doesNotContain(secret);
    }

    @Test
    void saving_what_the_console_shows_keeps_the_secret() {
        admin.put(realm.path(), provider()).succeeded();

        assertThat(realm.signIn(account("kept")).subject()).isNotNull();
    }

    @Test
    void a_reference_to_the_vault_is_resolved_and_stays_readable() {
        keycloak.putSecret(realm.realm().name(), "shop", realm.realm().site().partnerSecret());

        realm.configure(Map.of("clientSecret", "${vault.shop}"));

        assertThat(provider().at("/config/clientSecret").asText()).isEqualTo("${vault.shop}");
        assertThat(realm.signIn(account("vaulted")).subject()).isNotNull();
        var refused = admin.put(realm.path(), with("clientSecret", "${vault.lost}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText()).contains("no such entry");
    }

    @ParameterizedTest
    @CsvSource({"apiDomain, login.example.com", "clientId, 3_OfAnotherSiteOfTheGroup", "userKey, AAnotherKey"})
    void a_secret_that_nobody_typed_is_not_used_for_another_host_site_or_key(String setting, String value) {
        var before = provider();

        var refused = admin.put(realm.path(), with(setting, value));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText()).contains("enter the secret again");
        assertThat(provider()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"apiDomain, login.example.com", "clientId, 3_OfAnotherSiteOfTheGroup", "userKey, AAnotherKey"})
    void with_the_secret_typed_again_it_is(String setting, String value) {
        var changed = with(setting, value);
        ((ObjectNode) changed.get("config"))
                .put("clientSecret", realm.realm().site().partnerSecret());

        admin.put(realm.path(), changed).succeeded();

        assertThat(provider().at("/config/" + setting).asText()).isEqualTo(value);
    }

    @Test
    void an_export_comes_in_with_a_masked_secret_and_works_once_it_is_entered() {
        var export = admin.post("realms/" + realm.realm().name() + "/partial-export", Json.parse(""))
                .succeeded()
                .body();
        var providers = export.get("identityProviders").deepCopy();
        providers.forEach(provider -> ((ObjectNode) provider).remove("internalId"));
        admin.delete(realm.path()).succeeded();
        var begun = keycloak.log().end();

        admin.post(
                        "realms/" + realm.realm().name() + "/partialImport",
                        Json.parse("{\"ifResourceExists\": \"FAIL\"}")
                                .<ObjectNode>deepCopy()
                                .set("identityProviders", providers))
                .succeeded();

        assertThat(keycloak.log().warningsSince(begun)).anyMatch(warning -> warning.contains("enter the secret"));
        var page = realm.open(BrokeredRealm.ALIAS);
        assertThat(page.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(page.has("form#kc-form-login")).isTrue();
        assertThat(realm.realm().events().get(0).at("/details/gigya_error").asText())
                .isEqualTo("gigya_misconfigured");
        realm.configure(Map.of("clientSecret", realm.realm().site().partnerSecret()));
        assertThat(realm.signIn(account("imported")).subject()).isNotNull();
    }

    @Test
    void where_gigya_refuses_the_secret_the_log_tells_an_administrator_of_which_provider() {
        var account = account("refused");
        realm.configure(Map.of("clientSecret", "c29tZWJvZHkgZWxzZSdzIHNlY3JldA=="));
        var begun = keycloak.log().end();

        // The first calls of a server that was just started may miss their deadline, which is an outage.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(post(account).text()).contains(Refusal.GIGYA_MISCONFIGURED.message()));

        assertThat(keycloak.log().entriesSince(begun)).anySatisfy(entry -> {
            assertThat(entry.level()).isEqualTo("ERROR");
            assertThat(entry.message())
                    .contains("Gigya refuses the settings of the identity provider " + BrokeredRealm.ALIAS)
                    .contains("check the secret")
                    .doesNotContain("c29tZWJvZHk");
        });
    }

    private Page post(Account account) {
        var visitor = realm.visit();
        return visitor.post(realm.realm().proofOf(account, visitor.audience()));
    }

    private JsonNode provider() {
        return admin.get(realm.path()).succeeded().body();
    }

    private JsonNode with(String setting, String value) {
        var provider = (ObjectNode) provider();
        ((ObjectNode) provider.get("config")).put(setting, value);
        return provider;
    }

    private Account account(String name) {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example"));
    }
}
