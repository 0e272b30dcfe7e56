package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody posts tokens that name keys which nobody has heard of. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyFloodIT {

    private static final String KEYS = "accounts.getJWTPublicKey";

    private final KeycloakServer keycloak;
    private final GigyaSimulator shared;
    private GigyaSimulator simulator;
    private AttackedRealm attacked;

    KeyFloodIT(KeycloakServer keycloak, GigyaSimulator shared) {
        this.keycloak = keycloak;
        this.shared = shared;
    }

    // An API domain of its own: the keys of one are fetched for all realms together, and other tests need them too.
    @BeforeAll
    void create_a_realm() {
        simulator = shared.startSibling();
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
        simulator.close();
    }

    @Test
    void one_unknown_key_makes_one_call_and_many_make_a_few() {
        simulator.calls().reset();
        var begin = Instant.now();

        unknownKey("never-seen").wasRefused(Refusal.PROOF_INVALID);
        assertThat(simulator.calls().counts()).containsOnlyKeys(KEYS).containsEntry(KEYS, 1);

        for (int i = 0; i < 20; i++) {
            var visitor = attacked.realm().visit();
            visitor.post(tokenNaming("never-seen-" + i, visitor));
        }
        // Three, and one more for each 20 seconds that this took.
        int most = 3 + (int) (Duration.between(begin, Instant.now()).toSeconds() / 20 + 1);
        assertThat(simulator.calls().count(KEYS)).isBetween(2, most);
        assertThat(simulator.calls().counts()).containsOnlyKeys(KEYS);

        int afterFlood = simulator.calls().count(KEYS);
        attacked.signIn(attacked.victim());
        assertThat(simulator.calls().count(KEYS))
                .as("an honest sign-in needs no call for keys")
                .isEqualTo(afterFlood);
    }

    private Attempt unknownKey(String keyId) {
        var visitor = attacked.realm().visit();
        return attacked.attempt(visitor, Form.of("id_token", tokenNaming(keyId, visitor)));
    }

    private String tokenNaming(String keyId, Visitor visitor) {
        return Forger.at(visitor, attacked).token().withHeader("kid", keyId).signedBy(Forger.FOREIGN);
    }
}
