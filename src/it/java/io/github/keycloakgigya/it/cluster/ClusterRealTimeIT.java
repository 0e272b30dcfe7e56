package io.github.keycloakgigya.it.cluster;

import static io.github.keycloakgigya.it.realm.Hook.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message reaches one node, and people are at the other. */
@ExtendWith(SharedCluster.class)
class ClusterRealTimeIT {

    private final Cluster cluster;

    ClusterRealTimeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void a_person_at_the_second_node_is_changed_and_put_out_by_a_message_to_the_first() {
        try (var hooked = HookedRealm.create(cluster.first(), cluster.simulator(), Map.of())) {
            var realm = hooked.realm();
            var second = realm.at(cluster.second());
            var account = realm.site().add(BrokeredRealm.person("wanderer"));
            var tokens = second.signIn(account);
            assertThat(second.userOf(account).path("firstName").asText()).isEqualTo("Wanderer");

            account.setProfile("firstName", "Renamed");
            soon(() -> assertThat(second.userOf(account).path("firstName").asText())
                    .isEqualTo("Renamed"));

            account.setActive(false);
            soon(() -> {
                assertThat(HookedRealm.userInfo(second, tokens)).isEqualTo(401);
                assertThat(HookedRealm.userInfo(realm, tokens)).isEqualTo(401);
                assertThat(second.login().renew(tokens).status()).isEqualTo(400);
                assertThat(hooked.logouts()).hasPositiveValue();
            });
        }
    }

    @Test
    void one_message_at_both_nodes_at_once_harms_nobody() {
        try (var hooked =
                HookedRealm.create(cluster.first(), cluster.simulator(), Map.of("missingAccountPolicy", "delete"))) {
            var realm = hooked.realm();
            var account = realm.site().add(BrokeredRealm.person("doubled"));
            var staying = realm.site().add(BrokeredRealm.person("staying"));
            realm.signIn(account);
            realm.signIn(staying);
            realm.site().muted(() -> realm.site().delete(account));
            var message = Hook.of(realm)
                    .message()
                    .event("accountDeleted", account.uid())
                    .event("accountDeleted", staying.uid())
                    .build();

            var answers = cluster.nodes().stream()
                    .map(node -> CompletableFuture.supplyAsync(
                            () -> Hook.send(message, Hook.of(realm.at(node)).address())))
                    .toList();

            assertThat(answers)
                    .extracting(CompletableFuture::join)
                    .containsAnyOf(204)
                    .isSubsetOf(204, 503);
            soon(() -> assertThat(realm.users())
                    .extracting(user -> user.path("firstName").asText())
                    .containsExactly("Staying"));
        }
    }
}
