package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.FailingStepFactory;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.AppAnswer;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Keycloak's feature {@code stateless} (a preview in 26.7) keeps logins and used proofs as rows of its database, which a
 * request that fails takes back.
 */
@OnlyInFullBuild
@DisabledIfSystemProperty(
        named = "keycloak.version",
        matches = "26[.][0-6][.].*",
        disabledReason = "Keycloak has the feature stateless since 26.7")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatelessIT {

    private static final String STEPS = """
            {"authenticator": "gigya-direct-grant", "authenticatorConfig": "gigya direct grant",
             "requirement": "REQUIRED", "priority": 10}""";
    private static final String FAILING = """
            {"authenticator": "%s", "requirement": "REQUIRED", "priority": 20}""".formatted(FailingStepFactory.ID);

    private final GigyaSimulator simulator;
    private KeycloakServer keycloak;

    StatelessIT(GigyaSimulator simulator) {
        this.simulator = simulator;
    }

    @BeforeAll
    void start() {
        keycloak = KeycloakServer.start(
                TestProviders.inBuild(),
                KeycloakSettings.named("it-stateless").withFeatures("stateless").takingForGigya(simulator),
                step -> {});
    }

    @AfterAll
    void stop() {
        keycloak.close();
    }

    @Test
    void a_proof_is_used_up_by_a_request_that_fails_later() {
        try (var apps = realm(STEPS + "," + FAILING)) {
            var proof = apps.proofOf(apps.account("fails-later"));

            var first = apps.grant(proof);
            var second = apps.attempt(proof);

            assertThat(first.status()).isEqualTo(500);
            assertThat(apps.realm()
                            .admin()
                            .get("realms/" + apps.realm().name())
                            .body()
                            .at("/attributes")
                            .has(FailingStepFactory.WRITTEN))
                    .as("what the first request wrote is taken back")
                    .isFalse();
            second.wasRefused(Refusal.PROOF_REPLAYED);
        }
    }

    @Test
    void of_many_who_post_one_proof_at_once_one_gets_in_and_the_others_read_why_not() throws Exception {
        try (var apps = realm(STEPS)) {
            apps.signIn(apps.account("first"));
            var proof = apps.proofOf(apps.account("many"));

            var answers = AtOnce.run(Collections.<Callable<Page>>nCopies(8, () -> apps.grant(proof)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(answer -> new AppAnswer(answer).tells(Refusal.PROOF_REPLAYED));
        }
    }

    @Test
    void people_sign_in_at_the_page() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var account = realm.site().add(BrokeredRealm.person("stateless"));

            assertThat(realm.signIn(account).accessClaims().path("gigya.uid").asText())
                    .isEqualTo(account.uid());
        }
    }

    private AppRealm realm(String executions) {
        return AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), executions);
    }
}
