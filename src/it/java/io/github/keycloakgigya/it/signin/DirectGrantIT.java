package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.AttemptEvents;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
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
import org.junit.jupiter.params.provider.ValueSource;

/** An app whose person is signed in at Gigya gets Keycloak's tokens by direct grant. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectGrantIT {

    private static final String GET_JWT = "accounts.getJWT";

    private static final String GIGYA =
            "{\"authenticator\": \"gigya-direct-grant\", \"requirement\": \"%s\", \"priority\": %d}";
    private static final String PASSWORD = """
            {"authenticatorFlow": true, "flowAlias": "password grant", "requirement": "ALTERNATIVE", "priority": 20}""";
    private static final String USERNAME = """
            {"authenticator": "direct-grant-validate-username", "requirement": "REQUIRED", "priority": 10}""";
    private static final String LOCAL_USER = """
            {"username": "local", "email": "local@example.com", "enabled": true, "firstName": "Lo", "lastName": "Cal",
             "credentials": [{"type": "password", "value": "local password"}]}""";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AppRealm apps;

    DirectGrantIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        apps = AppRealm.create(keycloak, simulator);
        apps.signIn(apps.account("first"));
    }

    @AfterAll
    void delete_the_realm() {
        apps.close();
    }

    @Test
    void a_token_made_for_the_realm_brings_a_new_person_in() {
        var account = apps.account("new");

        var claims = apps.signIn(account).accessClaims();

        assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(claims.path("given_name").asText()).isEqualTo("Maria");
        assertThat(claims.path("email").asText()).isEqualTo("new@example.com");
        assertThat(claims.path("memberNumber").asLong()).isEqualTo(4711);
        var user = apps.realm().userOf(account);
        assertThat(user.path("id").asText()).isEqualTo(claims.path("sub").asText());
        assertThat(user.path("federationLink").asText()).isEqualTo(apps.realm().componentId());
    }

    @Test
    void a_person_who_is_known_costs_one_call() {
        var account = apps.account("known");
        apps.signIn(account);
        simulator.calls().reset();

        apps.signIn(account);

        assertThat(simulator.calls().counts()).isEqualTo(Map.of(GET_JWT, 1));
    }

    @Test
    void the_event_of_it_names_the_account_and_holds_no_proof() {
        var account = apps.account("event");
        var proof = apps.proofOf(account);

        var attempt = apps.attempt(proof);

        assertThat(attempt.events()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("LOGIN");
            assertThat(event.path("clientId").asText()).isEqualTo("mobile");
            assertThat(event.path("userId").asText())
                    .isEqualTo(apps.realm().userOf(account).path("id").asText());
            assertThat(event.at("/details/gigya_uid").asText()).isEqualTo(account.uid());
            assertThat(event.at("/details/grant_type").asText()).isEqualTo("password");
        });
        new AttemptEvents(proof, attempt.events()).holdNothingOfTheProof();
    }

    @Test
    void the_token_of_a_sign_in_will_do_as_well() {
        var account = apps.account("sign-in-token");
        var proof = AppRealm.forApps(GoodProof.SIGN_IN_TOKEN.of(account, apps.issuer(), apps.realm()));

        assertThat(uidIn(apps.signIn(proof))).isEqualTo(account.uid());
    }

    // Keycloak warns of what is longer than 2,000 characters, but only takes it out of its own parameters.
    @Test
    void a_long_token_will_do() {
        var account = apps.account("long");
        var forger = Forger.of(simulator, apps.realm().site(), account.uid(), apps.issuer());
        var proof = Form.of(
                "gigya_id_token", forger.token().with("bio", "x".repeat(3_000)).signed());

        assertThat(uidIn(apps.signIn(proof))).isEqualTo(account.uid());
    }

    @Test
    void a_signed_uid_signs_in_where_the_step_asks_for_one() {
        var step = Map.of("loginProof", "uidSignature");
        try (var signed = AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), step)) {
            var account = signed.account("signed");
            signed.signIn(account);
            simulator.calls().reset();

            assertThat(uidIn(signed.signIn(account))).isEqualTo(account.uid());
            assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getAccountInfo", 1, GET_JWT, 1));
        }
    }

    @Test
    void what_changed_in_gigya_lands_on_the_user_whom_the_browser_brought() {
        var account = apps.account("changed");
        var id = apps.realm().signIn(account).subject();
        account.setProfile("lastName", "Changed");

        var claims = apps.signIn(account).accessClaims();

        assertThat(claims.path("sub").asText()).isEqualTo(id);
        assertThat(claims.path("family_name").asText()).isEqualTo("Changed");
    }

    @Test
    void a_confidential_client_shows_its_secret_besides() {
        var account = apps.account("backend");
        var client = Form.of("client_id", "backend").and("client_secret", AppRealm.SECRET);

        var tokens = AppRealm.tokens(apps.grant(client, apps.proofOf(account)));

        assertThat(uidIn(tokens)).isEqualTo(account.uid());
    }

    @Test
    void a_token_of_another_site_of_the_group_counts_where_the_settings_name_that_site() {
        var site = simulator.addSite(Site.builder());
        var sister = simulator.addSite(Site.builder().inGroupOf(site));
        var named = Map.of("siteGroupApiKeys", sister.apiKey());
        try (var open = AppRealm.create(keycloak, simulator, site, named, Map.of());
                var closed = AppRealm.create(keycloak, simulator, site, Map.of(), Map.of())) {
            var account = open.account("sister");

            closed.attempt(tokenOf(sister, account, closed)).wasRefused(Refusal.PROOF_INVALID);
            assertThat(uidIn(open.signIn(tokenOf(sister, account, open)))).isEqualTo(account.uid());
        }
    }

    private Form tokenOf(Site site, Account account, AppRealm receiver) {
        return Form.of("gigya_id_token", simulator.accountToken(site, account, receiver.issuer()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid", "openid offline_access"})
    void a_sign_out_ends_the_gigya_session(String scope) {
        var account = apps.account("sign-out-" + scope.length());
        var tokens = apps.signIn(apps.proofOf(account).and("scope", scope));
        simulator.calls().reset();

        apps.signOut(tokens);

        await().untilAsserted(() ->
                assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
        assertThat(simulator.calls().lastOf("accounts.logout").parameter("UID")).contains(account.uid());
    }

    @Test
    void with_logout_from_gigya_turned_off_the_gigya_session_stays() {
        var step = Map.of("logoutFromGigya", "false");
        try (var lasting = AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), step)) {
            var staying = lasting.signIn(lasting.account("staying"));
            var leaving = apps.signIn(apps.account("leaving"));
            simulator.calls().reset();

            lasting.signOut(staying);
            apps.signOut(leaving);

            // Sign-outs are passed on in order: the second one's call is the only one.
            await().untilAsserted(() ->
                    assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
            assertThat(simulator.calls().lastOf("accounts.logout").parameter("apiKey"))
                    .contains(apps.realm().site().apiKey());
        }
    }

    @Test
    void users_need_not_be_imported() {
        var federation = Map.of("importEnabled", "false");
        try (var remote =
                AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), federation, Map.of())) {
            var account = remote.account("remote");

            assertThat(uidIn(remote.signIn(account))).isEqualTo(account.uid());
        }
    }

    @Test
    void an_app_without_a_proof_gets_to_the_password_that_is_an_alternative() {
        var flow = GIGYA.formatted("ALTERNATIVE", 10) + "," + PASSWORD;
        try (var both =
                AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), flow)) {
            new UserAdmin(both.realm()).add(LOCAL_USER);
            var account = both.account("either");

            assertThat(both.grant(password("local password")).status()).isEqualTo(200);
            assertThat(both.grant(password("wrong")).body()).contains("Invalid user credentials");
            assertThat(uidIn(both.signIn(account))).isEqualTo(account.uid());
            both.attempt(password("local password").and("gigya_id_token", "a.b.c"))
                    .wasRefused(Refusal.PROOF_INVALID);
        }
    }

    @Test
    void as_the_last_alternative_the_step_refuses_a_request_without_a_proof_itself() {
        var flow = GIGYA.formatted("ALTERNATIVE", 10);
        try (var last =
                AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), flow)) {
            last.attempt(password("local password")).wasRefused(Refusal.PROOF_INVALID);
        }
    }

    @Test
    void after_a_step_that_named_the_user_only_that_users_account_is_accepted_and_nobody_is_locked() {
        var flow = USERNAME + "," + GIGYA.formatted("REQUIRED", 20);
        try (var named =
                AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), flow)) {
            var account = named.account("named");
            var other = named.account("other");
            var id = named.realm().signIn(account).subject();

            var refused = named.attempt(named.proofOf(other).and("username", "named@example.com"));

            assertThat(refused.answer().status()).isEqualTo(400);
            refused.changedNothing();
            new AttemptEvents(refused.posted(), refused.events()).holdNothingOfTheProof();
            assertNothingWasCounted(named, id);
            assertThat(named.signIn(named.proofOf(account).and("username", "named@example.com"))
                            .subject())
                    .isEqualTo(id);
        }
    }

    // Keycloak counts a little later, but one after the other: after this wrong password it is at one, and not at two.
    private static void assertNothingWasCounted(AppRealm realm, String userId) {
        var users = new UserAdmin(realm.realm());
        users.allowPasswords();
        users.password("named@example.com", "wrong");
        await().until(() -> realm.realm().countedFailures(userId) > 0);
        assertThat(realm.realm().countedFailures(userId)).isEqualTo(1);
    }

    private static Form password(String text) {
        return Form.of("username", "local").and("password", text);
    }

    private static String uidIn(Tokens tokens) {
        return tokens.accessClaims().path("gigya.uid").asText();
    }
}
