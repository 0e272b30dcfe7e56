package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody posts forged, foreign or used proofs to the token endpoint, about a victim who has a user. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectGrantAttackIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private Site site;
    private AppRealm tokens;
    private AttackedRealm attacked;

    DirectGrantAttackIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        site = simulator.addSite(Site.builder());
        tokens = AppRealm.create(keycloak, simulator, site, Map.of(), Map.of());
        attacked = AttackedRealm.of(tokens.realm(), GoodProof.BOUND_TOKEN);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @Test
    void a_request_without_a_proof_brings_nobody_in() {
        tokens.attempt(Form.of("username", "victim@example.com").and("password", "victim"))
                .wasRefused(Refusal.PROOF_INVALID);
    }

    @Test
    void a_token_made_for_another_realm_or_for_a_page_brings_nobody_in() {
        Stream.of(
                        tokens.issuer() + "-2",
                        tokens.issuer() + "/",
                        tokens.issuer().replace("http:", "https:"),
                        tokens.tokenEndpoint().toString(),
                        attacked.realm().visit().audience())
                .map(audience -> GoodProof.BOUND_TOKEN.of(attacked.victim(), audience, tokens.realm()))
                .forEach(proof -> tokens.attempt(AppRealm.forApps(proof)).wasRefused(Refusal.PROOF_INVALID));
    }

    @Test
    void forged_proofs_about_a_victim_lock_nobody_out() {
        new UserAdmin(tokens.realm()).changeRealm("{\"failureFactor\": 1}");
        var id = tokens.realm().userOf(attacked.victim()).path("id").asText();

        for (int i = 0; i < 3; i++) {
            tokens.attempt(token(SignatureForgery.FOREIGN_KEY.forgedBy(forger()))
                            .and("username", "victim@example.com"))
                    .wasRefused(Refusal.PROOF_INVALID);
        }

        assertThat(tokens.realm().countedFailures(id)).isZero();
        assertThat(tokens.signIn(attacked.victim()).subject()).isEqualTo(id);
    }

    private Forger forger() {
        return Forger.of(simulator, site, attacked.victim().uid(), tokens.issuer());
    }

    private static Form token(String idToken) {
        return Form.of("gigya_id_token", idToken);
    }
}
