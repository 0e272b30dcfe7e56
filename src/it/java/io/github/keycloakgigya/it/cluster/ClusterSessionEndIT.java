package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.InformedApps;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions of one node that end because of what another node learned. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterSessionEndIT {

    private final Cluster cluster;

    ClusterSessionEndIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whom_one_node_disables_is_out_at_the_other_one_as_well_also_when_enabled_again() {
        try (var realm = SyncedRealm.create(cluster.first(), cluster.simulator(), Map.of());
                var apps = InformedApps.of(realm.realm())) {
            var account = realm.addAccounts(1).get(0);
            realm.full();
            var online = realm.realm().signIn(account);
            var offline = apps.signInOffline(account);
            var other = realm.at(cluster.second());
            account.setActive(false);

            other.full();

            await().atMost(Duration.ofSeconds(5)).until(() -> apps.toldOf(online.subject()) >= 2);
            account.setActive(true);
            other.full();
            for (var node : new GigyaRealm[] {realm.realm(), other.realm()}) {
                assertThat(InformedApps.areWorthless(node, online, "app")).isTrue();
                assertThat(InformedApps.areWorthless(node, offline, GigyaRealm.OTHER_CLIENT))
                        .isTrue();
            }
        }
    }
}
