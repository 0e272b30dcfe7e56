package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.WithTokenExchange;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.AttemptEvents;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app exchanges a token of Gigya for Keycloak's own. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExchangeIT {

    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredApps apps;

    TokenExchangeIT(@WithTokenExchange KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        apps = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        apps.close();
    }

    @Test
    void a_token_made_for_the_realm_creates_a_user_who_is_linked_to_the_account() {
        var account = apps.account("new");

        var claims = apps.signIn(account).accessClaims();

        assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
        var user = apps.realm().userOf(account);
        assertThat(user.path("id").asText()).isEqualTo(claims.path("sub").asText());
        assertThat(user.path("username").asText()).isEqualTo("new@example.com");
        assertThat(user.path("email").asText()).isEqualTo("new@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("firstName").asText()).isEqualTo("Maria");
        assertThat(apps.brokered().linksOf(user.path("id").asText()))
                .singleElement()
                .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(account.uid()));
    }

    @Test
    void a_known_person_costs_one_call() {
        var account = apps.account("known");
        var id = apps.signIn(account).subject();
        simulator.calls().reset();

        assertThat(apps.signIn(account).subject()).isEqualTo(id);
        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
    }

    @Test
    void the_token_of_a_sign_in_will_do_as_well() {
        var account = apps.account("sign-in-token");

        assertThat(uidIn(apps.signIn(apps.signInTokenOf(account)))).isEqualTo(account.uid());
    }

    @Test
    void who_signed_in_with_a_browser_is_the_same_user_here() {
        var account = apps.account("both");

        assertThat(apps.brokered().signIn(account).subject())
                .isEqualTo(apps.signIn(account).subject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://fidm.gigya.com/jwt/%s/", "https://fidm.gigya.com/jwt/%s"})
    void the_provider_can_be_named_by_the_issuer_of_its_tokens(String issuer) {
        var account = apps.account("issuer-" + issuer.length());
        var form = Form.of("subject_token", apps.tokenOf(account))
                .and("subject_token_type", ID_TOKEN)
                .and("subject_issuer", issuer.formatted(apps.realm().site().apiKey()));

        assertThat(uidIn(AppRealm.tokens(apps.post(BrokeredApps.APP, form)))).isEqualTo(account.uid());
    }

    @Test
    void a_jwt_names_its_issuer_itself() {
        var account = apps.account("jwt");
        var form = Form.of("subject_token", apps.tokenOf(account)).and("subject_token_type", JWT);

        assertThat(uidIn(AppRealm.tokens(apps.post(BrokeredApps.APP, form)))).isEqualTo(account.uid());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void an_address_that_gigya_has_not_verified_is_verified_only_where_the_provider_is_trusted(
            boolean trusted, boolean verified) {
        try (var others = BrokeredApps.create(
                keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of("$trustEmail", Boolean.toString(trusted)))) {
            var account = others.realm()
                    .site()
                    .add(Account.builder().profile("email", "una@example.com").profile("firstName", "Una"));

            others.signIn(account);

            var user = others.realm().userOf(account);
            // Nobody is shown a page that could say that it is not verified.
            assertThat(user.has("email")).isEqualTo(trusted);
            assertThat(user.path("emailVerified").asBoolean()).isEqualTo(verified);
        }
    }

    @ParameterizedTest
    @CsvSource({"FORCE, Changed, new-address@example.com", "IMPORT, Example, moved@example.com"})
    void what_changed_in_gigya_lands_on_the_user_as_the_sync_mode_says(String mode, String name, String email) {
        var settings = Map.of("syncMode", mode);
        try (var others = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, settings)) {
            var account = others.account("moved");
            others.signIn(account);
            account.setProfile("lastName", "Changed");
            account.moveTo("new-address@example.com");

            others.signIn(account);

            var user = others.realm().userOf(account);
            assertThat(user.path("lastName").asText()).isEqualTo(name);
            assertThat(user.path("email").asText()).isEqualTo(email);
            assertThat(user.path("emailVerified").asBoolean()).isTrue();
        }
    }

    @Test
    void a_token_of_another_site_of_the_group_counts_where_the_settings_name_that_site() {
        var site = simulator.addSite(Site.builder());
        var sister = simulator.addSite(Site.builder().inGroupOf(site));
        var named = Map.of("siteGroupApiKeys", sister.apiKey());
        try (var open = BrokeredApps.create(keycloak, simulator, site, TokenDoor.TOKEN_EXCHANGE, named);
                var closed = BrokeredApps.create(keycloak, simulator, site, TokenDoor.TOKEN_EXCHANGE, Map.of())) {
            var account = open.account("sister");

            closed.refuses(simulator.accountToken(sister, account, closed.issuer()), Refusal.PROOF_INVALID);
            assertThat(uidIn(open.signIn(simulator.accountToken(sister, account, open.issuer()))))
                    .isEqualTo(account.uid());
        }
    }

    @Test
    void beside_a_federation_of_the_site_its_user_is_the_one_who_signs_in() {
        try (var both = BrokeredApps.besideFederation(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE)) {
            var account = both.account("federated");

            var tokens = both.signIn(account);

            var user = both.realm().userOf(account);
            assertThat(user.path("id").asText()).isEqualTo(tokens.subject());
            assertThat(user.path("federationLink").asText())
                    .isEqualTo(both.realm().componentId());
            assertThat(user.path("lastName").asText()).isEqualTo("Example");
            assertThat(both.brokered().linksOf(tokens.subject())).hasSize(1);
            assertThat(both.signIn(account).subject()).isEqualTo(tokens.subject());
        }
    }

    @Test
    void a_sign_out_ends_the_gigya_session() {
        var account = apps.account("sign-out");
        var tokens = apps.signIn(account);
        simulator.calls().reset();

        apps.signOut(tokens);

        await().untilAsserted(() ->
                assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
        assertThat(simulator.calls().lastOf("accounts.logout").parameter("UID")).contains(account.uid());
    }

    @Test
    void the_token_is_not_kept_in_the_session() {
        var claims = apps.signIn(apps.account("kept")).accessClaims();

        assertThat(claims.path("EXTERNAL_IDENTITY_PROVIDER").asText())
                .as("another note of the session")
                .isEqualTo(BrokeredRealm.ALIAS);
        assertThat(claims.has("FEDERATED_ACCESS_TOKEN")).isFalse();
    }

    @Test
    void the_event_names_the_account_and_holds_no_token() {
        var account = apps.account("event");
        apps.signIn(account);

        var attempt = apps.attempt(apps.tokenOf(account));

        assertThat(attempt.events()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("TOKEN_EXCHANGE");
            assertThat(event.path("clientId").asText()).isEqualTo(BrokeredApps.APP);
            assertThat(event.at("/details/gigya_uid").asText()).isEqualTo(account.uid());
            assertThat(event.at("/details/identity_provider").asText()).isEqualTo(BrokeredRealm.ALIAS);
        });
        new AttemptEvents(attempt.posted(), attempt.events()).holdNothingOfTheProof();
    }

    private static String uidIn(Tokens tokens) {
        return tokens.accessClaims().path("gigya.uid").asText();
    }
}
