package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.simulator.RecordedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Syncs that are started on two nodes, and one whose node dies. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterSyncIT {

    private static final int PAGES = 6;
    private static final int ACCOUNTS = PAGES * SyncedRealm.PAGE - SyncedRealm.PAGE / 2;
    private static final String SEARCH = "accounts.search";

    private final Cluster cluster;

    ClusterSyncIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void of_two_that_begin_on_both_nodes_at_once_one_runs() throws Exception {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(ACCOUNTS);
            cluster.simulator().faults().latency(Duration.ofSeconds(1));
            cluster.simulator().calls().reset();

            var outcomes = AtOnce.run(List.<Callable<SyncOutcome>>of(realm::full, realm.at(cluster.second())::full));

            assertThat(outcomes).filteredOn(SyncOutcome::ignored).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.added() == ACCOUNTS)
                    .hasSize(1);
            assertThat(searches(realm)).as("the pages of one sync").hasSize(PAGES);
            assertThat(realm.users()).hasSize(ACCOUNTS);
        }
    }

    @Test
    void one_that_is_under_way_is_known_on_the_other_node() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(ACCOUNTS);
            cluster.simulator().faults().latency(Duration.ofSeconds(2));
            cluster.simulator().calls().reset();
            var underWay = inBackground(realm);
            await().atMost(Duration.ofSeconds(30)).until(() -> !searches(realm).isEmpty());

            var second = realm.at(cluster.second()).changed();

            assertThat(second.ignored()).isTrue();
            assertThat(second.status()).contains("in progress");
            assertThat(underWay.join().added()).isEqualTo(ACCOUNTS);
        }
    }

    @Test
    void periodic_ones_take_turns() {
        try (var realm = realm(Map.of("fullSyncPeriod", "1"))) {
            realm.addAccounts(ACCOUNTS);
            cluster.simulator().faults().latency(Duration.ofMillis(100));
            cluster.simulator().calls().reset();

            await().atMost(Duration.ofSeconds(60)).until(() -> searches(realm).size() >= 5 * PAGES);

            var searches = searches(realm);
            for (int call = 0; call < 5 * PAGES; call++) {
                assertThat(searches.get(call).parameter("cursorId").isEmpty())
                        .as("whether call %d opens a cursor", call)
                        .isEqualTo(call % PAGES == 0);
            }
            assertThat(realm.users()).hasSize(ACCOUNTS);
            // Keycloak notes the time of each sync in the settings, and fails whatever changes them at that moment.
            await().untilAsserted(() -> realm.realm().setFederation("fullSyncPeriod", "-1"));
            // The last one would write into the realm that is deleted next.
            await().until(() -> !realm.full().ignored());
        }
    }

    @Test
    void a_setting_that_was_changed_on_one_node_holds_for_a_sync_on_the_other() {
        try (var realm = realm(Map.of())) {
            var account = realm.addAccounts(1).get(0);
            account.setProfile("city", "Bern");
            var other = realm.at(cluster.second());
            other.full();

            realm.realm().configure(Map.of("fieldMappings", """
                    [{"key":"profile.firstName","value":"firstName"},{"key":"profile.email","value":"email"},
                     {"key":"profile.city","value":"city"}]"""));
            other.full();

            assertThat(realm.userOf(account).at("/attributes/city/0").asText()).isEqualTo("Bern");
        }
    }

    @Test
    void where_its_node_is_killed_nothing_is_lost_and_the_other_one_goes_on() {
        try (var realm = realm(Map.of())) {
            realm.addAccounts(ACCOUNTS);
            cluster.simulator().faults().latency(Duration.ofSeconds(2));
            var killed = inBackground(realm.at(cluster.second()));
            await().atMost(Duration.ofSeconds(60)).until(() -> realm.users().size() >= 2 * SyncedRealm.PAGE);

            cluster.killSecond();
            cluster.simulator().faults().clear();

            assertThat(killed.handle((outcome, failure) -> failure != null).join())
                    .as("whoever started it was cut off")
                    .isTrue();
            assertThat(realm.users()).hasSizeBetween(2 * SyncedRealm.PAGE, ACCOUNTS - SyncedRealm.PAGE);
            // The cluster shows that its node has left, so that nobody waits for its signs of life for a minute.
            var outcome = await().atMost(Duration.ofSeconds(45))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(realm::changed, done -> !done.ignored());
            assertThat(outcome.failed()).isZero();
            assertThat(realm.users()).hasSize(ACCOUNTS);
            assertThat(realm.full()).matches(whole -> whole.added() + whole.updated() + whole.failed() == 0);
        }
    }

    private SyncedRealm realm(Map<String, String> federation) {
        return SyncedRealm.create(cluster.first(), cluster.simulator(), federation);
    }

    private static CompletableFuture<SyncOutcome> inBackground(SyncedRealm realm) {
        return CompletableFuture.supplyAsync(realm::full, command -> new Thread(command, "sync").start());
    }

    private List<RecordedCall> searches(SyncedRealm realm) {
        var apiKey = Optional.of(realm.realm().site().apiKey());
        return cluster.simulator().calls().of(SEARCH).stream()
                .filter(call -> call.parameter("apiKey").equals(apiKey))
                .toList();
    }
}
