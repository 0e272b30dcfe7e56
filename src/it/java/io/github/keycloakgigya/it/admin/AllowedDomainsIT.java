package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.ConnectionTester;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The operator of a server lists the custom API domains that administrators may choose, after realms were set up with
 * another.
 */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllowedDomainsIT {

    private static final String ALLOWED = "login.example.com";

    private final GigyaSimulator simulator = GigyaSimulator.start();
    private KeycloakServer keycloak;
    private BrokeredRealm realm;
    private OpenIdRealm imported;
    private Account account;

    @BeforeAll
    void set_up_realms_and_start_again_with_the_list() {
        var settings = KeycloakSettings.named("it-allowed").takingForGigya(simulator);
        try (var before = KeycloakServer.start(TestProviders.inBuild(), settings, step -> {})) {
            realm = BrokeredRealm.withFederation(before, simulator, Map.of(), Map.of());
            imported = OpenIdRealm.create(before, simulator, Map.of(), Map.of());
            account = imported.realm().site().add(BrokeredRealm.person("known"));
            imported.signIn(account);
        }
        var listing = "--spi-gigya-connector--pooled--allowed-domains=other.example.com:8443," + ALLOWED;
        keycloak = KeycloakServer.start(
                TestProviders.inBuild(), settings.withOption(listing).keepingData(), step -> {});
    }

    @AfterAll
    void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        simulator.close();
    }

    @BeforeEach
    void forget_calls() {
        simulator.calls().reset();
    }

    @Test
    void a_user_federation_is_saved_with_a_listed_domain_or_a_data_center_only() {
        var path = "realms/" + realm.realm().name() + "/components/";
        var component = new ConnectionTester(realm.realm()).component();
        assertNotAllowed(admin().put(path + realm.realm().componentId(), component));
        component.remove("id");
        component.put("name", "another");
        // Shown is its mask.
        ConnectionTester.set(component, "secret", realm.realm().site().partnerSecret());
        assertNotAllowed(admin().post(path, component));

        for (var domain : new String[] {ALLOWED, ""}) {
            component.put("name", "another at " + domain);
            ConnectionTester.set(component, "apiDomain", domain);
            ConnectionTester.set(component, "enabled", "false");
            admin().post(path, component).succeeded();
        }
    }

    @Test
    void an_identity_provider_is_saved_with_a_listed_domain_or_a_data_center_only() {
        var provider = (ObjectNode) admin().get(realm.path()).succeeded().body();
        assertNotAllowed(admin().put(realm.path(), provider));
        var site = realm.realm().site();
        assertNotAllowed(admin().post(realm.providers(), realm.provider("another", site, Map.of())));

        for (var domain : new String[] {ALLOWED, ""}) {
            var alias = "at-" + domain.length();
            admin().post(
                            realm.providers(),
                            realm.provider(alias, site, Map.of("apiDomain", domain, "$enabled", "false")))
                    .succeeded();
        }
    }

    @Test
    void what_was_saved_before_shows_no_page_and_lets_nobody_in() {
        var page = realm.realm().login().begin();
        assertThat(page.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(page.body()).doesNotContain(simulator.apiDomain());

        var ofProvider = realm.open(BrokeredRealm.ALIAS);
        assertThat(ofProvider.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(ofProvider.body()).doesNotContain(simulator.apiDomain());

        assertThat(realm.newestError()).isEqualTo("gigya_misconfigured");
        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void the_importer_asks_nothing_of_it() {
        var login = imported.realm().login();

        var page = imported.arrive(login, imported.realm().site(), account);

        assertThat(page.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(simulator.calls().counts().keySet()).noneMatch(method -> method.startsWith("accounts."));
    }

    @Test
    void the_connection_test_says_so_and_calls_nobody() {
        var tester = new ConnectionTester(realm.realm());

        var answer = tester.test(tester.saved());

        assertThat(answer.path("status").asText()).isEqualTo("failed");
        assertThat(ConnectionTester.messages(answer))
                .contains("does not allow the custom API domain " + simulator.apiDomain());
        assertThat(simulator.calls().counts()).isEmpty();
    }

    private void assertNotAllowed(AdminAnswer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains("does not allow the custom API domain " + simulator.apiDomain());
    }

    private AdminClient admin() {
        return keycloak.admin();
    }
}
