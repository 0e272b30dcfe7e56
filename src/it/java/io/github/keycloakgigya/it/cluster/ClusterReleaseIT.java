package io.github.keycloakgigya.it.cluster;

import static io.github.keycloakgigya.it.leaving.LeavingRealm.PASSWORD;
import static io.github.keycloakgigya.it.leaving.LeavingRealm.email;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.leaving.LeavingRealm;
import io.github.keycloakgigya.server.AdminAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users who are released at one node, and who are at the other. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterReleaseIT {

    private static final String ALL = "{\"all\": true}";

    private final Cluster cluster;

    ClusterReleaseIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void who_leaves_at_one_node_has_left_at_the_other_and_two_requests_at_once_count_everybody_once() {
        try (var first = LeavingRealm.create(cluster.first(), cluster.simulator(), Map.of())) {
            var second = first.at(cluster.second());
            var ids = new ArrayList<String>();
            for (var number = 0; number < 12; number++) {
                var id = first.idOf(first.person("leaver" + number));
                first.keepPassword(id);
                second.users().byId(id);
                ids.add(id);
            }

            assertThat(sum(atOnce(first, second, "release"), "released")).isEqualTo(ids.size());

            // Keycloak tells the other nodes once it has committed, and does not wait until they have heard it.
            await().untilAsserted(() -> assertThat(ids)
                    .allSatisfy(id -> assertThat(second.users().byId(id).has("federationLink"))
                            .isFalse()));
            assertThat(second.signIn(email("leaver0"), PASSWORD).subject()).isEqualTo(ids.get(0));

            assertThat(sum(atOnce(first, second, "rejoin"), "rejoined")).isEqualTo(ids.size());
            await().untilAsserted(() -> assertThat(ids)
                    .allSatisfy(id -> assertThat(second.users()
                                    .byId(id)
                                    .path("federationLink")
                                    .asText())
                            .isEqualTo(first.realm().componentId())));
            assertThat(first.realm().users()).hasSize(ids.size());
        }
    }

    private static List<JsonNode> atOnce(LeavingRealm first, LeavingRealm second, String what) {
        return List.of(first, second).stream()
                .map(node -> CompletableFuture.supplyAsync(() -> node.post(what, ALL)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(AdminAnswer::succeeded)
                .map(AdminAnswer::body)
                .toList();
    }

    private static int sum(List<JsonNode> answers, String field) {
        return answers.stream().mapToInt(answer -> answer.path(field).asInt()).sum();
    }
}
