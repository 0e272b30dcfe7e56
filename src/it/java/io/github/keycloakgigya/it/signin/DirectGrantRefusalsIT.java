package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the direct grant lets in no more, or not now, and which apps may not use it at all. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectGrantRefusalsIT {

    private static final String GET_JWT = "accounts.getJWT";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AppRealm apps;
    private UserAdmin users;

    DirectGrantRefusalsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        apps = AppRealm.create(keycloak, simulator);
        users = new UserAdmin(apps.realm());
        apps.signIn(apps.account("first"));
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        apps.close();
    }

    @ParameterizedTest
    @CsvSource({"website, '', 400, unauthorized_client", "backend, guessed, 401, unauthorized_client"})
    void a_client_that_may_not_is_refused_by_keycloak_and_the_proof_stays_good(
            String clientId, String secret, int status, String error) {
        var account = apps.account("client-" + clientId);
        var proof = apps.proofOf(account);
        var client = Form.of("client_id", clientId);

        var answer = apps.grant(secret.isEmpty() ? client : client.and("client_secret", secret), proof);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("error").asText()).isEqualTo(error);
        assertThat(apps.signIn(proof).accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
    }

    @Test
    void a_user_disabled_in_keycloak_is_refused_without_a_call() {
        var account = apps.account("kept-out");
        var id = apps.signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));
        simulator.calls().reset();

        var attempt = apps.attempt(apps.proofOf(account)).wasRefused(Refusal.ACCOUNT_DISABLED);

        assertThat(attempt.events().get(0).path("userId").asText()).isEqualTo(id);
        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void a_user_whom_wrong_passwords_locked_is_refused_until_the_lock_ends() {
        var federation = Map.of("passwordCheck", "localFirst");
        try (var guarded =
                AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), federation, Map.of())) {
            var account = guarded.account("guessed");
            var id = guarded.signIn(account).subject();
            var guardedUsers = new UserAdmin(guarded.realm());
            guardedUsers.allowPasswords();
            guardedUsers.lockOut(id, "guessed@example.com");
            simulator.calls().reset();

            guarded.attempt(guarded.proofOf(account)).wasRefused(Refusal.ACCOUNT_DISABLED);
            assertThat(simulator.calls().counts()).isEmpty();

            guardedUsers.unlock(id);
            assertThat(guarded.signIn(account).subject()).isEqualTo(id);
        }
    }

    @Test
    void an_account_disabled_in_gigya_is_refused_and_its_user_disabled() {
        var account = apps.account("banned");
        apps.signIn(account);
        account.setActive(false);

        var attempt = apps.attempt(apps.proofOf(account)).wasTold(Refusal.ACCOUNT_DISABLED);

        assertThat(attempt.after()).isNotEqualTo(attempt.before());
    }

    @Test
    void a_user_whose_account_is_proven_to_be_gone_is_disabled_for_good() {
        var account = apps.account("gone");
        var id = apps.signIn(account).subject();
        var proof = apps.proofOf(account);
        apps.realm().site().delete(account);

        apps.attempt(proof).wasTold(Refusal.ACCOUNT_NOT_FOUND);

        assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void an_account_with_the_name_of_a_local_user_is_refused() {
        users.addLocal("taken@example.com", "taken@example.com", true);

        apps.attempt(apps.proofOf(apps.account("taken"))).wasRefused(Refusal.ACCOUNT_CONFLICT);
    }

    @Test
    void an_outage_of_gigya_is_told_as_one_and_the_proof_is_used_up() {
        var account = apps.account("outage");
        var proof = apps.proofOf(account);
        simulator.faults().onceOn(GET_JWT, Fault.throttle());

        var attempt = apps.attempt(proof).wasRefused(Refusal.GIGYA_UNAVAILABLE);

        assertThat(attempt.events().get(0).at("/details/gigya_error_code").asText())
                .isEqualTo("403048");
        apps.attempt(proof).wasRefused(Refusal.PROOF_REPLAYED);
    }

    @Test
    void a_disabled_federation_lets_nobody_in_and_uses_no_proof_up() {
        var account = apps.account("federation");
        var proof = apps.proofOf(account);
        apps.realm().configure(Map.of("enabled", "false"));
        try {
            apps.attempt(proof).wasRefused(Refusal.GIGYA_MISCONFIGURED);
        } finally {
            apps.realm().configure(Map.of("enabled", "true"));
        }

        assertThat(apps.signIn(proof).accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
    }

    @Test
    void a_step_that_names_no_federation_of_the_realm_lets_nobody_in() {
        var step = Map.of("federationProvider", "no such");
        try (var lost = AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), step)) {
            lost.attempt(lost.proofOf(lost.account("lost"))).wasRefused(Refusal.GIGYA_MISCONFIGURED);
        }
    }

    @Test
    void a_person_who_has_to_do_something_in_a_browser_first_gets_no_tokens() {
        var account = apps.account("busy");
        var id = apps.signIn(account).subject();
        users.change(id, user -> user.putArray("requiredActions").add("UPDATE_PASSWORD"));

        var attempt = apps.attempt(apps.proofOf(account)).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(attempt.answer().body()).contains("Account is not fully set up");
        assertThat(attempt.events()).hasSize(1);
    }
}
