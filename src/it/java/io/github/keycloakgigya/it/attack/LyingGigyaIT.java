package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gigya itself answers wrongly, or somebody who sits between says so: nothing of it reaches a user. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingGigyaIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    LyingGigyaIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @Test
    void an_answer_that_is_no_text_is_refused() {
        var visitor = attacked.realm().visit();
        simulator.faults().onceOn("accounts.getJWT", Fault.lying(Map.of("id_token", List.of("a.b.c"))));

        attacked.attempt(visitor, attacked.goodProof(attacked.bystander(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }

    @Test
    void an_answer_about_another_accounts_addresses_verifies_none_and_imports_nobody() {
        var visitor = attacked.realm().visit();
        simulator
                .faults()
                .onceOn(
                        "accounts.getAccountInfo",
                        Fault.lying(Map.of("UID", attacked.victim().uid())));

        attacked.attempt(visitor, attacked.goodProof(attacked.attacker(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }
}
