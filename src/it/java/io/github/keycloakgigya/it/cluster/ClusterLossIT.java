package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node is killed, and its people are sent to the other one. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterLossIT {

    private final Cluster cluster;

    ClusterLossIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void people_go_on_where_they_were_and_proofs_stay_used_up() {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator());
                var brokered = BrokeredRealm.create(cluster.first(), cluster.simulator(), Map.of());
                var apps = AppRealm.create(cluster.first(), cluster.simulator())) {
            var member = realm.site().add(BrokeredRealm.person("member"));
            var session = realm.visit(cluster.at(cluster.second()));
            var tokens = session.signIn(member);
            var owner = apps.account("owner");
            var app = apps.app().through(cluster.at(cluster.second()));
            var used = GoodProof.BOUND_TOKEN.of(owner, apps.issuer(), apps.realm());
            app.tokens(app.post(used));
            var newcomer = realm.site().add(BrokeredRealm.person("newcomer"));
            var atTheStep = realm.visit(cluster.at(cluster.second()));
            var stranger = brokered.realm().site().add(BrokeredRealm.person("stranger"));
            var atTheProvider = brokered.visit(cluster.at(cluster.second()));

            cluster.killSecond();

            assertThat(atTheStep
                            .signIn(newcomer)
                            .accessClaims()
                            .path("gigya.uid")
                            .asText())
                    .isEqualTo(newcomer.uid());
            var subject = atTheProvider.signIn(stranger).subject();
            assertThat(brokered.realm().userOf(stranger).path("id").asText()).isEqualTo(subject);
            assertThat(session.login().refresh(tokens).subject()).isEqualTo(tokens.subject());
            assertThat(app.post(used).status()).isEqualTo(400);
            assertThat(apps.realm().events())
                    .filteredOn(
                            event -> event.at("/details/gigya_error").asText().equals("proof_replayed"))
                    .hasSize(1);
        }
    }

    @Test
    void whose_proof_was_being_checked_reloads_the_page_and_comes_in() {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator())) {
            var account = realm.site().add(BrokeredRealm.person("interrupted"));
            var visitor = realm.visit(cluster.at(cluster.second()));
            var proof = realm.proofOf(account, visitor.audience());
            cluster.simulator().calls().reset();
            cluster.simulator().faults().latency(Duration.ofSeconds(1));
            var cutOff = CompletableFuture.supplyAsync(
                    () -> visitor.post(proof), command -> new Thread(command, "sign-in").start());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cluster.simulator().calls().count("accounts.getJWT") == 1);

            cluster.killSecond();
            cluster.simulator().faults().clear();

            assertThat(cutOff.handle((page, failure) -> failure != null).join())
                    .as("whether the request was lost")
                    .isTrue();
            assertThat(realm.users()).isEmpty();
            var again = visitor.on(visitor.reload());
            assertThat(again.signIn(account).subject())
                    .isEqualTo(realm.userOf(account).path("id").asText());
        }
    }
}
