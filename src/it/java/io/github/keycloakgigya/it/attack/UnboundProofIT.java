package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody forges or reuses the token of a sign-in, where the setting {@code bindProofToSession} is off. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnboundProofIT {

    private static final Map<String, String> STEP = Map.of("bindProofToSession", "false");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    UnboundProofIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator, GoodProof.SIGN_IN_TOKEN, STEP);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @Test
    void a_sign_in_token_signs_in_once() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.victim(), visitor);

        var claims = visitor.login().finish(visitor.post(form)).accessClaims();

        assertThat(claims.path("gigya.uid").asText())
                .isEqualTo(attacked.victim().uid());
        var again = attacked.realm().visit();
        attacked.attempt(again, form).wasRefused(Refusal.PROOF_REPLAYED).canBeRetried(attacked);
    }

    @Test
    void a_sign_in_token_that_was_used_in_one_realm_is_used_up_in_another_of_the_same_site() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.victim(), visitor);
        visitor.login().finish(visitor.post(form));

        try (var other = AttackedRealm.of(
                GigyaRealm.create(keycloak, simulator, attacked.realm().site(), Map.of(), STEP),
                GoodProof.SIGN_IN_TOKEN)) {
            other.attempt(other.realm().visit(), form).wasRefused(Refusal.PROOF_REPLAYED);
        }
    }

    @Test
    void a_sign_in_at_another_site_of_the_group_counts_only_where_the_settings_name_that_site() {
        var sister = simulator.addSite(Site.builder().inGroupOf(attacked.realm().site()));
        var refused = simulator.signInToken(sister, attacked.victim());
        attacked.attempt(attacked.realm().visit(), Form.of("id_token", refused)).wasRefused(PROOF_INVALID);

        var group = Map.of("siteGroupApiKeys", sister.apiKey());
        try (var open = AttackedRealm.of(
                GigyaRealm.create(keycloak, simulator, attacked.realm().site(), group, STEP),
                GoodProof.SIGN_IN_TOKEN)) {
            var visitor = open.realm().visit();
            var taken = visitor.post(simulator.signInToken(sister, open.victim()));

            assertThat(visitor.login()
                            .finish(taken)
                            .accessClaims()
                            .path("gigya.uid")
                            .asText())
                    .isEqualTo(open.victim().uid());
        }
    }
}
