package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody forges the token that proves a sign-in at Gigya, about a victim who has a user. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokenIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    ForgedTokenIT(KeycloakServer keycloak, GigyaSimulator simulator) {
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
    void a_refused_token_costs_no_call_to_gigya() {
        var visitor = attacked.realm().visit();
        simulator.calls().reset();

        visitor.post(SignatureForgery.FOREIGN_KEY.forgedBy(Forger.at(visitor, attacked)));

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void the_page_of_a_refusal_takes_a_good_token() {
        var visitor = attacked.realm().visit();
        var token = SignatureForgery.ALG_NONE.forgedBy(Forger.at(visitor, attacked));

        attacked.attempt(visitor, Form.of("id_token", token)).canBeRetried(attacked);
    }

    @Test
    void forged_tokens_about_a_victim_lock_nobody_out() {
        try (var fragile = AttackedRealm.create(keycloak, simulator)) {
            fragile.realm()
                    .admin()
                    .put(
                            "realms/" + fragile.realm().name(),
                            JsonNodeFactory.instance.objectNode().put("failureFactor", 1))
                    .succeeded();
            for (int i = 0; i < 3; i++) {
                var visitor = fragile.realm().visit();
                var token = SignatureForgery.FOREIGN_KEY.forgedBy(Forger.at(visitor, fragile));
                fragile.attempt(visitor, Form.of("id_token", token)).wasRefused(Refusal.PROOF_INVALID);
            }

            var victim = fragile.signIn(fragile.victim()).subject();

            var lock = fragile.realm()
                    .admin()
                    .get("realms/" + fragile.realm().name() + "/attack-detection/brute-force/users/" + victim)
                    .succeeded()
                    .body();
            assertThat(lock.path("numFailures").asInt()).isZero();
            assertThat(lock.path("disabled").asBoolean()).isFalse();
        }
    }
}
