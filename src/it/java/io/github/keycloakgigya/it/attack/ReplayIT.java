package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.RealmState;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody uses a proof that was used before. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    ReplayIT(KeycloakServer keycloak, GigyaSimulator simulator) {
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
    void a_form_that_is_posted_once_more_after_it_signed_somebody_in_opens_no_second_session() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.bystander(), visitor);
        visitor.login().finish(visitor.post(form));
        var before = RealmState.of(attacked.realm());

        var answer = visitor.post(form);

        assertThat(visitor.login().isDone(answer)).isFalse();
        assertThat(RealmState.of(attacked.realm())).isEqualTo(before);
    }

    @Test
    void of_many_who_post_one_token_at_once_one_gets_in() throws Exception {
        try (var unbound = AttackedRealm.create(
                keycloak, simulator, GoodProof.SIGN_IN_TOKEN, Map.of("bindProofToSession", "false"))) {
            var form = Form.of("id_token", simulator.signInToken(unbound.realm().site(), unbound.victim()));
            var visitors =
                    Stream.generate(() -> unbound.realm().visit()).limit(6).toList();
            var gate = new CountDownLatch(1);
            var threads = Executors.newFixedThreadPool(visitors.size());
            try {
                var answers = visitors.stream()
                        .map(visitor -> threads.submit(() -> {
                            gate.await();
                            return visitor.login().isDone(visitor.post(form));
                        }))
                        .toList();
                gate.countDown();
                int in = 0;
                for (var answer : answers) {
                    in += answer.get() ? 1 : 0;
                }
                assertThat(in).isEqualTo(1);
            } finally {
                threads.shutdown();
            }
            assertThat(unbound.realm().events())
                    .filteredOn(
                            event -> event.at("/details/gigya_error").asText().equals("proof_replayed"))
                    .hasSize(visitors.size() - 1);
        }
    }
}
