package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that moves along what goes with accounts, on two nodes, one of which dies. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterLeavingIT {

    private static final int PAGES = 6;
    private static final int ACCOUNTS = PAGES * SyncedRealm.PAGE;

    private final Cluster cluster;

    ClusterLeavingIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void it_is_known_and_ended_on_the_other_node() {
        try (var realm = realm()) {
            cluster.simulator().faults().latency(Duration.ofSeconds(1));
            start(realm);
            var other = realm.at(cluster.second());

            assertThat(progress(other).path("status").asText()).isEqualTo("running");
            assertThat(other.realm()
                            .admin()
                            .post(path(other, "/start"), Json.parse("{}"))
                            .status())
                    .isEqualTo(409);
            assertThat(other.realm()
                            .admin()
                            .post(path(other, "/preview"), Json.parse("{}"))
                            .status())
                    .isEqualTo(409);
            other.realm().admin().post(path(other, "/stop"), Json.parse("{}")).succeeded();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> progress(realm).path("status").asText().equals("stopped"));
            assertThat(progress(realm).path("done").asInt()).isLessThan(ACCOUNTS);
        } finally {
            cluster.simulator().faults().clear();
        }
    }

    @Test
    void where_its_node_is_killed_the_other_one_goes_on_and_nobody_is_doubled() {
        try (var realm = realm()) {
            realm.realm()
                    .admin()
                    .post(path(realm, "/preview"), Json.parse("{}"))
                    .succeeded();
            // Any node knows how far it is.
            var preview = await().until(
                            () -> progress(realm.at(cluster.second()), "/preview"),
                            found -> found.path("status").asText().equals("finished"));
            cluster.simulator().faults().latency(Duration.ofSeconds(1));
            start(realm.at(cluster.second()));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> progress(realm).path("done").asInt() >= 2 * SyncedRealm.PAGE);

            cluster.killSecond();
            cluster.simulator().faults().clear();

            await().atMost(Duration.ofSeconds(120))
                    .until(() -> progress(realm).path("status").asText().equals("finished"));
            var ended = progress(realm);
            assertThat(ended.path("done").asInt()).isEqualTo(ACCOUNTS);
            assertThat(ended.path("states")).isEqualTo(preview.path("states"));
            assertThat(realm.users())
                    .hasSize(ACCOUNTS)
                    .allSatisfy((uid, user) ->
                            assertThat(user.at("/attributes/gigya.leaving")).hasSize(1));
        } finally {
            cluster.simulator().faults().clear();
        }
    }

    private SyncedRealm realm() {
        var realm = SyncedRealm.create(cluster.first(), cluster.simulator(), Map.of());
        realm.addAccounts(ACCOUNTS);
        realm.full();
        return realm;
    }

    private static void start(SyncedRealm realm) {
        assertThat(realm.realm()
                        .admin()
                        .post(path(realm, "/start"), Json.parse("{}"))
                        .status())
                .isEqualTo(202);
    }

    private static JsonNode progress(SyncedRealm realm) {
        return progress(realm, "");
    }

    private static JsonNode progress(SyncedRealm realm, String below) {
        return realm.realm().admin().get(path(realm, below)).succeeded().body();
    }

    private static String path(SyncedRealm realm, String below) {
        return realm.path("gigya/leaving/" + realm.realm().componentId() + below);
    }
}
