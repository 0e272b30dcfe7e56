package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two nodes of an earlier version are replaced one by one, while people sign in and are signed in.
 *
 * <p>The earlier version is Keycloak's that the jar is built against. {@code -Dcluster.previous-jar=FILE} gives it an earlier
 * jar as well.
 */
@OnlyInFullBuild
class RollingUpgradeIT {

    private static final int OLD = 1;
    private static final int NEW = 0;

    @Test
    void people_stay_signed_in_and_sign_ins_that_have_begun_go_on() {
        try (var cluster = Cluster.start("upgraded", KeycloakDistribution.previous())) {
            var simulator = cluster.simulator();
            var synced = SyncedRealm.create(cluster.first(), simulator, Map.of());
            var realm = synced.realm();
            var brokered = BrokeredRealm.create(cluster.first(), simulator, Map.of());
            var member = synced.addAccounts(25).get(0);
            var linked = brokered.realm().site().add(BrokeredRealm.person("linked"));
            synced.full();
            var node = new AtomicInteger(OLD);
            var session = realm.visit(cluster.directed(node::get));
            var tokens = session.signIn(member);
            var brokeredSession = brokered.visit(cluster.directed(node::get));
            var brokeredTokens = brokeredSession.signIn(linked);
            var begunOnOld = realm.visit(cluster.directed(node::get));
            var begunWithProvider = brokered.visit(cluster.directed(node::get));

            cluster.replace(NEW, KeycloakDistribution.ofBuild());

            assertThat(versionOf(cluster.first())).isNotEqualTo(versionOf(cluster.second()));
            node.set(NEW);
            tokens = session.login().refresh(tokens);
            assertThat(begunOnOld.signIn(member).subject()).isEqualTo(tokens.subject());
            assertThat(begunWithProvider.signIn(linked).subject()).isEqualTo(brokeredTokens.subject());
            var begunOnNew = realm.visit(cluster.directed(node::get));
            node.set(OLD);
            assertThat(begunOnNew.signIn(member).subject()).isEqualTo(tokens.subject());
            tokens = session.login().refresh(tokens);
            assertThat(synced.at(cluster.first()).full()).matches(RollingUpgradeIT::changedNothing);
            assertThat(synced.at(cluster.second()).full()).matches(RollingUpgradeIT::changedNothing);

            cluster.replace(OLD, KeycloakDistribution.ofBuild());

            assertThat(versionOf(cluster.second())).isEqualTo(versionOf(cluster.first()));
            tokens = session.login().refresh(tokens);
            brokeredTokens = brokeredSession.login().refresh(brokeredTokens);
            assertThat(realm.visit(cluster.alternating()).signIn(member).subject())
                    .isEqualTo(tokens.subject());
            assertThat(brokered.visit(cluster.alternating()).signIn(linked).subject())
                    .isEqualTo(brokeredTokens.subject());
            assertThat(synced.at(cluster.second()).changed().failed()).isZero();
            assertThat(synced.at(cluster.first()).users()).hasSize(25);
        }
    }

    private static boolean changedNothing(SyncOutcome outcome) {
        return !outcome.ignored() && outcome.added() + outcome.updated() + outcome.removed() + outcome.failed() == 0;
    }

    private static String versionOf(KeycloakServer node) {
        return node.admin()
                .get("serverinfo")
                .succeeded()
                .body()
                .at("/systemInfo/version")
                .asText();
    }
}
