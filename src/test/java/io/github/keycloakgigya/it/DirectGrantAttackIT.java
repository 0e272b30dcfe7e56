package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Somebody posts forged, foreign or used proofs to the token endpoint, about a victim who has a user. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectGrantAttackIT {

    private static final Map<String, String> SIGNED = Map.of("loginProof", "uidSignature");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private Site site;
    private AppRealm tokens;
    private AppRealm signatures;
    private AttackedRealm attacked;

    DirectGrantAttackIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        site = simulator.addSite(Site.builder());
        tokens = AppRealm.create(keycloak, simulator, site, Map.of(), Map.of());
        signatures = AppRealm.create(keycloak, simulator, site, Map.of(), SIGNED);
        attacked = AttackedRealm.of(tokens.realm(), GoodProof.BOUND_TOKEN);
        signatures.signIn(attacked.victim());
    }

    @AfterAll
    void delete_the_realms() {
        attacked.close();
        signatures.close();
    }

    @ParameterizedTest(name = "that {0}")
    @EnumSource
    void a_token_is_refused(SignatureForgery forgery) {
        tokens.attempt(token(forgery.forgedBy(forger()))).wasRefused(Refusal.PROOF_INVALID);
    }

    // Here the token of a sign-in proves something.
    @ParameterizedTest(name = "that {0}")
    @EnumSource(mode = Mode.EXCLUDE, names = "SIGN_IN")
    void a_token_signed_by_gigya_is_refused(ClaimForgery forgery) {
        tokens.attempt(token(forgery.forgedBy(forger()))).wasRefused(forgery.refusal());
    }

    // Keycloak itself refuses what is posted twice.
    @ParameterizedTest(name = "{0}")
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TWO_UIDS", "TWO_SIGNATURES", "TWO_TIMES"})
    void a_uid_is_refused(SignedUidForgery forgery) {
        var forger = new SignedUidForgery.Forger(
                site, attacked.victim().uid(), Instant.now().getEpochSecond());

        signatures.attempt(AppRealm.forApps(forgery.forgedBy(forger))).wasRefused(forgery.refusal());
    }

    @Test
    void a_parameter_that_is_there_twice_brings_nobody_in() {
        var good = forger().token().signed();

        var attempt = tokens.attempt(token(good).and("gigya_id_token", good)).changedNothing();

        assertThat(attempt.answer().status()).isEqualTo(400);
        assertThat(attempt.answer().body()).contains("duplicated parameter");
    }

    @Test
    void a_request_without_a_proof_brings_nobody_in() {
        tokens.attempt(Form.of("username", "victim@example.com").and("password", "victim"))
                .wasRefused(Refusal.PROOF_INVALID);
    }

    @Test
    void a_proof_of_the_kind_that_the_step_does_not_take_brings_nobody_in() {
        var victim = attacked.victim();
        var signed = AppRealm.forApps(GoodProof.SIGNED_UID.of(victim, tokens.issuer(), tokens.realm()));
        var token = AppRealm.forApps(GoodProof.BOUND_TOKEN.of(victim, signatures.issuer(), signatures.realm()));

        tokens.attempt(signed).wasRefused(Refusal.PROOF_INVALID);
        signatures.attempt(token).wasRefused(Refusal.PROOF_INVALID);
    }

    @Test
    void a_token_made_for_another_realm_or_for_a_page_brings_nobody_in() {
        Stream.of(
                        signatures.issuer(),
                        tokens.issuer() + "/",
                        tokens.issuer().replace("http:", "https:"),
                        tokens.tokenEndpoint().toString(),
                        attacked.realm().visit().audience())
                .map(audience -> GoodProof.BOUND_TOKEN.of(attacked.victim(), audience, tokens.realm()))
                .forEach(proof -> tokens.attempt(AppRealm.forApps(proof)).wasRefused(Refusal.PROOF_INVALID));
    }

    @Test
    void a_proof_that_was_used_is_used_up_here() {
        var token = tokens.proofOf(attacked.victim());
        tokens.signIn(token);
        tokens.attempt(token).wasRefused(Refusal.PROOF_REPLAYED);

        var signature = signatures.proofOf(attacked.victim());
        signatures.signIn(signature);
        signatures.attempt(signature).wasRefused(Refusal.PROOF_REPLAYED);
    }

    @Test
    void a_proof_that_was_used_here_is_used_up_at_the_login_page_and_the_other_way_round() {
        var step = Map.of("bindProofToSession", "false");
        try (var pages = AttackedRealm.of(
                GigyaRealm.create(keycloak, simulator, site, Map.of(), step), GoodProof.SIGN_IN_TOKEN)) {
            var first = pages.realm().visit();
            var used = pages.goodProof(pages.victim(), first);
            tokens.signIn(AppRealm.forApps(used));
            pages.attempt(first, used).wasRefused(Refusal.PROOF_REPLAYED);

            var second = pages.realm().visit();
            var posted = pages.goodProof(pages.victim(), second);
            second.login().finish(second.post(posted));
            tokens.attempt(AppRealm.forApps(posted)).wasRefused(Refusal.PROOF_REPLAYED);
        }
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
