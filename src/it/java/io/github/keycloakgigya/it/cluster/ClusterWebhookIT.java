package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.WebhookMessageBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gigya's events at two nodes. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterWebhookIT {

    private static final Map<String, String> SETTINGS = Map.of("webhooks", "true", "webhookImports", "true");

    private static final int ROUNDS = 3;
    private static final int PEOPLE = 12;

    private final Cluster cluster;

    ClusterWebhookIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void what_an_event_changes_shows_on_both_nodes() {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator(), SETTINGS, Map.of())) {
            Hook.active(realm);
            var renamed = person(realm, "renamed");
            var disabled = person(realm, "disabled");
            var deleted = person(realm, "deleted");
            var merged = person(realm, "merged");
            var into = person(realm, "into");
            var ids = List.of(renamed, disabled, deleted, merged, into).stream()
                    .map(account -> realm.visit(cluster.at(cluster.second()))
                            .signIn(account)
                            .subject())
                    .toList();

            renamed.setProfile("firstName", "New");
            disabled.setActive(false);
            realm.site().delete(deleted);
            realm.site().merge(merged, into);

            for (var node : cluster.nodes()) {
                var users = new UserAdmin(realm.at(node));
                Hook.soon(() -> assertThat(
                                users.byId(ids.get(0)).path("firstName").asText())
                        .isEqualTo("New"));
                for (var gone : List.of(1, 2, 3)) {
                    Hook.soon(() -> assertThat(
                                    users.byId(ids.get(gone)).path("enabled").asBoolean(true))
                            .isFalse());
                }
                assertThat(users.byId(ids.get(4)).path("enabled").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void a_message_to_both_nodes_at_once_is_done_once_or_twice_without_harm() {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator(), SETTINGS, Map.of())) {
            var hook = Hook.of(realm);
            var moving = person(realm, "moving");
            var id = realm.signIn(moving).subject();
            var before = moving.uid();
            realm.site().changeUid(moving, "uid-after");
            var message = hook.message().moved("accountUidChanged", before, "uid-after");
            IntStream.range(0, 20)
                    .mapToObj(number -> person(realm, "new" + number))
                    .forEach(account -> message.event("accountCreated", account.uid()));
            var sent = message.build();

            var answers = cluster.nodes().stream()
                    .map(node -> CompletableFuture.supplyAsync(() -> Hook.send(
                            sent, URI.create(node.address() + hook.address().getPath()))))
                    .toList();

            assertThat(answers).extracting(CompletableFuture::join).containsOnly(204);
            assertThat(realm.users()).hasSize(21);
            assertThat(realm.userOf(moving).path("id").asText()).isEqualTo(id);
        }
    }

    @Test
    void people_follow_their_accounts_while_the_other_node_imports_these_and_each_account_has_one_user() {
        try (var synced = SyncedRealm.create(cluster.first(), cluster.simulator(), SETTINGS)) {
            var realm = synced.realm();
            for (int round = 0; round < ROUNDS; round++) {
                var before = synced.addAccounts(PEOPLE);
                synced.full();
                var after = synced.addAccounts(PEOPLE);
                var moved = Hook.of(realm).message();
                var created = Hook.of(realm).message();
                for (int person = 0; person < PEOPLE; person++) {
                    moved.moved(
                            "accountMerged",
                            before.get(person).uid(),
                            after.get(person).uid());
                    created.event("accountCreated", after.get(person).uid());
                    realm.site().merge(before.get(person), after.get(person));
                }

                var atOnce = List.of(
                        told(moved, realm, cluster.first()),
                        told(created, realm, cluster.second()),
                        CompletableFuture.runAsync(synced.at(cluster.second())::full));

                atOnce.forEach(CompletableFuture::join);
                // Fails where two have the same.
                assertThat(synced.users())
                        .containsKeys(after.stream().map(Account::uid).toArray(String[]::new));
            }
        }
    }

    // As Gigya does, again where a node says that it could not be done.
    private static CompletableFuture<Void> told(WebhookMessageBuilder message, GigyaRealm realm, KeycloakServer node) {
        var sent = message.build();
        var address = Hook.of(realm.at(node)).address();
        return CompletableFuture.runAsync(() -> await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(Hook.send(sent, address)).isEqualTo(204)));
    }

    private static Account person(GigyaRealm realm, String name) {
        return realm.site().add(BrokeredRealm.person(name));
    }
}
