package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttemptEvents;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app shows a token of Gigya as an authorization grant (RFC 7523). */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JwtAuthorizationGrantIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredApps apps;
    private UserAdmin users;

    JwtAuthorizationGrantIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        apps = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of());
        users = new UserAdmin(apps.realm());
        apps.brokered().signIn(first());
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        apps.close();
    }

    @Test
    void a_linked_person_gets_an_access_token_with_one_call_to_gigya() {
        var account = linked("known");
        simulator.calls().reset();

        var tokens = apps.signIn(account);

        assertThat(tokens.subject())
                .isEqualTo(apps.realm().userOf(account).path("id").asText());
        assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(tokens.refreshToken()).isEmpty();
        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
    }

    @Test
    void nothing_is_written_and_no_session_begins() {
        var account = linked("unchanged");
        account.setProfile("lastName", "Changed");

        var attempt = apps.attempt(apps.tokenOf(account)).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(200);
        new AttemptEvents(attempt.posted(), attempt.events()).holdNothingOfTheProof();
    }

    @Test
    void who_is_not_linked_gets_nothing() {
        var attempt = apps.attempt(apps.tokenOf(apps.account("unlinked"))).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(Json.parse(attempt.answer().body()).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(attempt.answer().body()).contains("User not found");
        assertThat(attempt.events()).hasSize(1);
    }

    // Keycloak looks at some of it before the provider does.
    private void refusedByWhomever(String token) {
        var attempt = apps.attempt(token).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(Json.parse(attempt.answer().body()).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(attempt.events()).hasSize(1);
        new AttemptEvents(attempt.posted(), attempt.events()).holdNothingOfTheProof();
    }

    private Forger forger() {
        return Forger.of(simulator, apps.realm().site(), first().uid(), apps.issuer());
    }

    private Account first() {
        return apps.realm().site().accountByLoginId(BrokeredApps.FIRST).orElseThrow();
    }

    @Test
    void beside_a_federation_of_the_site_its_user_is_the_one_who_signs_in() {
        try (var both = BrokeredApps.besideFederation(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT)) {
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
    void beside_a_federation_mappers_that_run_once_run_at_the_first_grant() {
        try (var both = BrokeredApps.besideFederation(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT)) {
            var mapper = Map.of("field", "profile.city", "user.attribute", "town", "syncMode", "IMPORT");
            both.brokered().addMapper("gigya-attribute-mapper", mapper);
            var account = both.account("mapped");
            account.setProfile("city", "Bern");

            var id = both.signIn(account).subject();

            var user = new UserAdmin(both.realm()).byId(id);
            assertThat(user.at("/attributes/town/0").asText()).isEqualTo("Bern");
        }
    }

    @Test
    void beside_a_federation_a_user_whose_account_is_gone_is_disabled_although_the_grant_fails() {
        try (var both = BrokeredApps.besideFederation(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT)) {
            both.disablesWhoseAccountIsGone();
        }
    }

    @Test
    void the_token_of_a_sign_in_will_not_do() {
        apps.refuses(apps.signInTokenOf(linked("sign-in-token")), Refusal.PROOF_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/protocol/openid-connect/token", "/"})
    void the_audience_is_the_realm_and_nothing_else(String path) {
        var account = linked("audience-" + path.length());
        var token = GoodProof.BOUND_TOKEN.of(account, apps.issuer() + path, apps.realm());

        apps.refuses(token.parameters().get(0).getValue(), Refusal.PROOF_INVALID);
    }

    @Test
    void a_token_is_a_grant_once() {
        var token = apps.tokenOf(linked("once"));
        apps.signIn(token);

        apps.refuses(token, Refusal.PROOF_REPLAYED);
    }

    @Test
    void a_client_that_may_not_is_refused_and_the_token_stays_good() {
        var token = apps.tokenOf(linked("client"));

        var attempt = apps.attempt(BrokeredApps.STRANGER, TokenDoor.JWT_AUTHORIZATION_GRANT.showing(token))
                .changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(attempt.events()).hasSize(1);
        apps.signIn(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$linkOnly", "$enabled", "jwtAuthorizationGrantEnabled"})
    void a_provider_that_takes_no_grants_lets_nobody_in(String setting) {
        var token = apps.tokenOf(linked("provider-" + setting.length()));
        var refusing = Map.of(setting, setting.equals("$linkOnly") ? "true" : "false");
        var taking = Map.of(setting, setting.equals("$linkOnly") ? "false" : "true");
        apps.brokered().configure(refusing);
        try {
            refusedByWhomever(token);
        } finally {
            apps.brokered().configure(taking);
        }

        apps.signIn(token);
    }

    @Test
    void a_second_provider_of_the_site_may_not_take_grants_as_well() {
        var grants = Map.of("jwtAuthorizationGrantEnabled", "true");
        var second = apps.brokered().provider("second", apps.realm().site(), grants);

        var answer = apps.realm().admin().post(apps.brokered().providers(), second);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains("The Gigya identity provider shop takes authorization grants");
        apps.brokered().addProvider("third", apps.realm().site(), Map.of());
        apps.signIn(first());
    }

    @Test
    void a_user_disabled_in_keycloak_is_refused_without_a_call() {
        var account = linked("kept-out");
        var id = apps.realm().userOf(account).path("id").asText();
        users.change(id, user -> user.put("enabled", false));
        simulator.calls().reset();

        apps.refuses(apps.tokenOf(account), Refusal.ACCOUNT_DISABLED);

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void a_user_whom_wrong_passwords_locked_is_refused_until_the_lock_ends() {
        try (var guarded = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of())) {
            var account = guarded.account("guessed");
            var id = guarded.brokered().signIn(account).subject();
            var guardedUsers = new UserAdmin(guarded.realm());
            guardedUsers.allowPasswords();
            guardedUsers.lockOut(id, "guessed@example.com");

            guarded.refuses(guarded.tokenOf(account), Refusal.ACCOUNT_DISABLED);

            guardedUsers.unlock(id);
            assertThat(guarded.signIn(account).subject()).isEqualTo(id);
        }
    }

    @Test
    void an_account_disabled_in_gigya_is_refused() {
        var account = linked("banned");
        account.setActive(false);

        apps.refuses(apps.tokenOf(account), Refusal.ACCOUNT_DISABLED);
    }

    @Test
    void an_outage_of_gigya_is_told_as_one_and_the_token_is_used_up() {
        var token = apps.tokenOf(linked("outage"));
        simulator.faults().onceOn("accounts.getJWT", Fault.throttle());

        apps.refuses(token, Refusal.GIGYA_UNAVAILABLE);
        apps.refuses(token, Refusal.PROOF_REPLAYED);
    }

    private Account linked(String name) {
        var account = apps.account(name);
        apps.brokered().signIn(account);
        return account;
    }
}
