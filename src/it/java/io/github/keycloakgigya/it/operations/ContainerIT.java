package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The jar and the demo's realm in the image that most people run. */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerIT {

    private static final Path REALM_FILE = Path.of("docker", "demo-realm.json");
    // Nobody listens there: only the address that Keycloak sends the browser back to is read.
    private static final URI REDIRECT = URI.create("http://localhost:9/app");

    private final GigyaSimulator simulator = GigyaSimulator.start();
    private final Site site = simulator.addSite(Site.builder());
    private final Account account = site.add(Account.builder()
            .verifiedEmail("maria@example.com")
            .password("correct horse")
            .profile("firstName", "Maria")
            .profile("lastName", "Example")
            .data("interests", List.of("sailing", "chess"))
            .data("memberNumber", 4711));
    private KeycloakInContainer keycloak;

    @BeforeAll
    void start_keycloak(@TempDir Path directory) throws IOException {
        keycloak = KeycloakInContainer.start(
                KeycloakDistribution.ofBuild(),
                REALM_FILE,
                Map.of(
                        "KC_SPI_GIGYA_CONNECTOR__POOLED__KEY_DOMAINS", simulator.apiDomain(),
                        "GIGYA_API_DOMAIN", simulator.apiDomain(),
                        "GIGYA_API_KEY", site.apiKey(),
                        "GIGYA_SECRET", site.partnerSecret()),
                simulator.writeCertificate(directory.resolve("simulator.pem")));
    }

    @AfterAll
    void stop_keycloak() {
        if (keycloak != null) {
            keycloak.close();
        }
        simulator.close();
    }

    @Test
    void a_person_signs_in_and_the_application_gets_a_token_with_the_accounts_profile_and_data() {
        var claims = signIn().accessClaims();

        assertThat(claims.path("iss").asText()).isEqualTo(keycloak.address() + "/realms/demo");
        assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(claims.path("given_name").asText()).isEqualTo("Maria");
        assertThat(claims.path("family_name").asText()).isEqualTo("Example");
        assertThat(claims.path("email").asText()).isEqualTo("maria@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("memberNumber").asLong()).isEqualTo(4711);
        assertThat(claims.path("interests")).extracting(JsonNode::asText).containsExactly("sailing", "chess");
    }

    @Test
    void the_second_sign_in_finds_the_same_user() {
        assertThat(signIn().subject()).isEqualTo(signIn().subject());
    }

    @Test
    void an_administrator_brings_over_all_accounts_and_their_owners_sign_in() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of())) {
            var accounts = realm.addAccounts(25);

            assertThat(realm.full()).matches(done -> done.added() == 25 && done.failed() == 0);

            assertThat(realm.realm().signIn(accounts.get(17)).subject())
                    .isEqualTo(realm.userOf(accounts.get(17)).path("id").asText());
            accounts.get(3).setProfile("firstName", "Changed");
            assertThat(realm.changed().updated()).isEqualTo(1);
            assertThat(realm.userOf(accounts.get(3)).path("firstName").asText()).isEqualTo("Changed");
        }
    }

    @Test
    void a_person_signs_in_with_the_identity_provider_and_is_known_the_next_time() {
        try (var realm = BrokeredRealm.create(keycloak, simulator, Map.of())) {
            var person = realm.realm().site().add(BrokeredRealm.person("joan"));

            var first = realm.signIn(person);

            assertThat(realm.signIn(person).subject()).isEqualTo(first.subject());
            assertThat(realm.linksOf(first.subject()))
                    .singleElement()
                    .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(person.uid()));
        }
    }

    @Test
    void the_extension_writes_no_warning() {
        signIn();

        assertThat(keycloak.log().entries())
                .isNotEmpty()
                .filteredOn(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                // True of the realms of these tests, which sign their calls with the site's own secret.
                .filteredOn(entry -> !entry.message().contains("has no application or user key"))
                .noneMatch(
                        entry -> entry.level().equals("WARN") || entry.level().equals("ERROR"));
    }

    private Tokens signIn() {
        var browser = HttpBrowser.of(keycloak.address());
        var login = new LoginFlow(browser, "demo", "demo-app", REDIRECT);
        var page = GigyaPage.of(login.begin());
        var proof = simulator.accountToken(site, account, page.audience());
        return login.finish(browser.post(page.action(), Form.of("id_token", proof)));
    }
}
