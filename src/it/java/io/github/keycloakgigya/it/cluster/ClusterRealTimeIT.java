package io.github.keycloakgigya.it.cluster;

import static io.github.keycloakgigya.it.realm.Hook.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Site;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message reaches one node, and people are at the other. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterRealTimeIT {

    private final Cluster cluster;

    ClusterRealTimeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void a_person_at_the_second_node_is_changed_by_a_message_to_the_first() {
        try (var hooked = HookedRealm.create(cluster.first(), cluster.simulator(), Map.of())) {
            var realm = hooked.realm();
            var second = realm.at(cluster.second());
            var account = realm.site().add(BrokeredRealm.person("wanderer"));
            second.signIn(account);
            assertThat(second.userOf(account).path("firstName").asText()).isEqualTo("Wanderer");

            account.setProfile("firstName", "Renamed");

            soon(() -> assertThat(second.userOf(account).path("firstName").asText())
                    .isEqualTo("Renamed"));
        }
    }

    private enum Leaving {
        DISABLED {
            @Override
            void at(Site site, Account account, Account other) {
                account.setActive(false);
            }
        },
        DELETED {
            @Override
            void at(Site site, Account account, Account other) {
                site.delete(account);
            }
        },
        MERGED {
            @Override
            void at(Site site, Account account, Account other) {
                site.merge(account, other);
            }
        };

        abstract void at(Site site, Account account, Account other);
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    void who_leaves_gigya_is_out_of_every_client_at_both_nodes_within_five_seconds(Leaving leaving) {
        try (var hooked = HookedRealm.create(cluster.first(), cluster.simulator(), Map.of())) {
            var first = hooked.realm();
            var second = first.at(cluster.second());
            var account = first.site().add(BrokeredRealm.person("leaving"));
            var other = first.site().add(BrokeredRealm.person("staying"));
            var online = second.signIn(account);
            var offline = second.visit(Map.of("scope", "openid offline_access")).signIn(account);
            var staying = second.signIn(other);

            leaving.at(first.site(), account, other);

            soon(() -> {
                for (var node : List.of(first, second)) {
                    for (var tokens : List.of(online, offline)) {
                        assertThat(HookedRealm.userInfo(node, tokens)).isEqualTo(401);
                        assertThat(node.login().renew(tokens).status()).isEqualTo(400);
                    }
                    assertThat(new UserAdmin(node)
                                    .byId(online.subject())
                                    .path("enabled")
                                    .asBoolean(true))
                            .isFalse();
                }
                assertThat(hooked.logouts()).hasPositiveValue();
            });
            assertThat(HookedRealm.userInfo(first, staying)).isEqualTo(200);
            assertThat(second.login().renew(staying).status()).isEqualTo(200);
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
