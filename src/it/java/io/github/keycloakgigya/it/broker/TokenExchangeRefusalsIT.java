package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.WithTokenExchange;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
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

/** Whose token is not exchanged. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExchangeRefusalsIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredApps apps;
    private UserAdmin users;

    TokenExchangeRefusalsIT(@WithTokenExchange KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        apps = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of());
        users = new UserAdmin(apps.realm());
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        apps.close();
    }

    private Forger forger() {
        var account = apps.realm().site().accountByLoginId(BrokeredApps.FIRST).orElseThrow();
        return Forger.of(simulator, apps.realm().site(), account.uid(), apps.issuer());
    }

    @Test
    void a_token_is_exchanged_once() {
        var token = apps.tokenOf(apps.account("once"));
        apps.signIn(token);

        apps.refuses(token, Refusal.PROOF_REPLAYED);
    }

    @Test
    void a_client_without_the_permission_is_refused_and_the_token_stays_good() {
        var account = apps.account("client");
        var token = apps.tokenOf(account);

        var attempt = apps.attempt(BrokeredApps.STRANGER, TokenDoor.TOKEN_EXCHANGE.showing(token))
                .changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(403);
        assertThat(attempt.answer().body()).contains("access_denied");
        assertThat(attempt.events()).hasSize(1);
        assertThat(apps.signIn(token).accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:saml2", ""})
    void a_token_of_another_type_is_refused(String type) {
        var form = Form.of("subject_token", apps.tokenOf(apps.account("type-" + type.length())))
                .and("subject_issuer", BrokeredRealm.ALIAS);

        var attempt = apps.attempt(BrokeredApps.APP, type.isEmpty() ? form : form.and("subject_token_type", type));

        apps.refused(attempt, Refusal.PROOF_INVALID);
        assertThat(attempt.answer().body()).contains("subject_token_type");
    }

    @Test
    void a_provider_for_linking_only_lets_nobody_in() {
        var account = apps.account("link-only");
        apps.signIn(account);
        apps.brokered().configure(Map.of("$linkOnly", "true"));
        try {
            apps.refuses(apps.tokenOf(account), Refusal.PROOF_INVALID);
        } finally {
            apps.brokered().configure(Map.of("$linkOnly", "false"));
        }
    }

    @Test
    void a_disabled_provider_lets_nobody_in() {
        var account = apps.account("disabled-provider");
        apps.signIn(account);
        apps.brokered().configure(Map.of("$enabled", "false"));
        try {
            var attempt = apps.attempt(apps.tokenOf(account)).changedNothing();

            assertThat(attempt.answer().status()).as(attempt.answer().body()).isGreaterThanOrEqualTo(400);
            assertThat(attempt.answer().body()).doesNotContain("access_token");
        } finally {
            apps.brokered().configure(Map.of("$enabled", "true"));
        }
    }

    @Test
    void a_user_disabled_in_keycloak_is_refused_without_a_call() {
        var account = apps.account("kept-out");
        var id = apps.signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));
        simulator.calls().reset();

        apps.refuses(apps.tokenOf(account), Refusal.ACCOUNT_DISABLED);

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void a_user_whom_wrong_passwords_locked_is_refused_until_the_lock_ends() {
        try (var guarded = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of())) {
            var account = guarded.account("guessed");
            var id = guarded.signIn(account).subject();
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
        var account = apps.account("banned");
        apps.signIn(account);
        account.setActive(false);

        apps.refuses(apps.tokenOf(account), Refusal.ACCOUNT_DISABLED);
    }

    @Test
    void an_account_that_is_gone_is_refused() {
        var account = apps.account("gone");
        apps.signIn(account);
        var token = apps.tokenOf(account);
        apps.realm().site().delete(account);

        apps.refuses(token, Refusal.ACCOUNT_NOT_FOUND);
    }

    @Test
    void beside_a_federation_a_user_whose_account_is_gone_is_disabled_although_the_exchange_fails() {
        try (var both = BrokeredApps.besideFederation(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE)) {
            both.disablesWhoseAccountIsGone();
        }
    }

    @Test
    void an_account_whose_address_is_the_name_of_a_local_user_is_refused() {
        users.addLocal("other-name@example.com", "other-private@example.com", true);
        var named = Map.of("usernameField", "UID");
        apps.brokered().configure(named);
        try {
            apps.refuses(apps.tokenOf(apps.account("other-name")), Refusal.ACCOUNT_CONFLICT);
        } finally {
            apps.brokered().configure(Map.of("usernameField", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_account_with_the_address_of_a_local_user_is_refused_and_not_linked(boolean verified) {
        var name = "taken-" + verified;
        var id = users.addLocal(name, name + "@example.com", verified);

        apps.refuses(apps.tokenOf(apps.account(name)), Refusal.ACCOUNT_CONFLICT);

        assertThat(apps.brokered().linksOf(id)).isEmpty();
    }

    @Test
    void an_account_with_the_name_of_a_local_user_is_refused_by_keycloak() {
        var id = users.addLocal("name@example.com", "other-address@example.com", true);

        var attempt = apps.attempt(apps.tokenOf(apps.account("name"))).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(attempt.events())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("error").asText()).isEqualTo("federated_identity_account_exists"));
        assertThat(apps.brokered().linksOf(id)).isEmpty();
    }

    @Test
    void an_outage_of_gigya_is_told_as_one_and_the_token_is_used_up() {
        var token = apps.tokenOf(apps.account("outage"));
        long start = keycloak.log().end();
        simulator.faults().onceOn("accounts.getJWT", Fault.throttle());

        var attempt = apps.attempt(token);

        apps.refused(attempt, Refusal.GIGYA_UNAVAILABLE);
        assertThat(keycloak.log().warningsSince(start))
                .anyMatch(warning ->
                        warning.startsWith("Gigya gave no usable answer for a sign-in by the identity provider"));
        assertThat(attempt.events().get(0).at("/details/gigya_error_code").asText())
                .isEqualTo("403048");
        apps.refuses(token, Refusal.PROOF_REPLAYED);
    }
}
