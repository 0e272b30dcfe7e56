package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sync of changes begins where the last sync ended, by Gigya's clock. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedSyncIT {

    private static final String SEARCH = "accounts.search";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    ChangedSyncIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void where_nothing_changed_it_makes_one_call_and_writes_no_user() {
        try (var realm = synced()) {
            simulator.calls().reset();

            var statements = keycloak.sql()
                    .statementsDuring(() -> assertThat(realm.changed().status()).isEqualTo("No account has changed"));

            assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
            assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
            // A change of the component would empty the realm's user cache.
            assertThat(statements).noneMatch(statement -> statement.writesTo(Set.of("COMPONENT_CONFIG")));
        }
    }

    @Test
    void accounts_that_all_changed_within_a_minute_are_not_read_again_by_each_later_one() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of())) {
            var moment = Instant.now().minus(Duration.ofMinutes(10));
            for (int i = 0; i < 45; i++) {
                realm.realm().site().add(Account.builder().lastUpdated(moment.plusSeconds(i)));
            }
            assertThat(realm.changed().added()).isEqualTo(45);
            simulator.calls().reset();

            assertThat(realm.changed().status()).isEqualTo("No account has changed");

            assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
        }
    }

    @Test
    void it_reads_what_changed_and_no_more() {
        try (var realm = synced()) {
            var changed = realm.realm().site().account("old-7").orElseThrow();
            changed.setProfile("firstName", "New");
            var added = realm.addAccounts(1).get(0);
            simulator.calls().reset();

            var outcome = realm.changed();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, 1, 1, 0, 0, outcome.status()));
            assertThat(simulator.calls().count(SEARCH)).isEqualTo(1);
            assertThat(realm.userOf(changed).path("firstName").asText()).isEqualTo("New");
            assertThat(realm.userOf(added)).isNotNull();
        }
    }

    @Test
    void the_first_one_reads_all() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of())) {
            addOld(realm, 25);

            assertThat(realm.changed().added()).isEqualTo(25);
        }
    }

    @Test
    void an_account_that_shows_late_is_found() {
        try (var realm = synced()) {
            var now = Instant.now();
            var early = realm.realm().site().add(Account.builder().lastUpdated(now));
            realm.changed();
            // As if it had been there, but not in the index yet.
            var late = realm.realm().site().add(Account.builder().lastUpdated(now.minusSeconds(50)));

            assertThat(realm.changed().added()).isEqualTo(1);
            assertThat(realm.users()).containsKeys(early.uid(), late.uid());
        }
    }

    @Test
    void a_change_that_the_search_shows_late_is_found_though_nothing_else_changed() {
        try (var realm = synced()) {
            realm.realm().site().searchLag(Duration.ofSeconds(10));
            var late = realm.realm().site().account("old-7").orElseThrow();
            late.setProfile("firstName", "Late");
            assertThat(realm.changed().status()).isEqualTo("No account has changed");

            await().atMost(Duration.ofMinutes(1)).until(() -> realm.changed().updated() == 1);
        }
    }

    @Test
    void accounts_that_changed_in_the_same_millisecond_are_all_found() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of("syncOverlapSeconds", "0"))) {
            var moment = Instant.now().minusSeconds(5);
            for (int i = 0; i < 15; i++) {
                realm.realm().site().add(Account.builder().lastUpdated(moment));
            }
            realm.changed();
            realm.realm().site().add(Account.builder().lastUpdated(moment));

            assertThat(realm.changed().added()).isEqualTo(1);
            assertThat(realm.users()).hasSize(16);
        }
    }

    @Test
    void a_clock_of_gigyas_that_is_behind_loses_nothing() {
        simulator.faults().setClockOffset(Duration.ofMinutes(-10));
        try (var realm = synced()) {
            realm.realm().site().add(Account.builder().lastUpdated(Instant.now().minusSeconds(601)));
            assertThat(realm.changed().added()).isEqualTo(1);
            realm.realm().site().add(Account.builder().lastUpdated(Instant.now().minusSeconds(600)));

            assertThat(realm.changed().added()).isEqualTo(1);
        }
    }

    @Test
    void a_clock_of_gigyas_that_is_ahead_loses_nothing() {
        try (var realm = synced()) {
            simulator.faults().setClockOffset(Duration.ofHours(12));
            assertThat(realm.changed().status()).isEqualTo("No account has changed");
            simulator.faults().clear();
            realm.addAccounts(1);

            assertThat(realm.changed().added()).isEqualTo(1);
        }
    }

    @Test
    void an_account_from_the_future_does_not_hide_later_changes() {
        try (var realm = synced()) {
            realm.realm().site().add(Account.builder().lastUpdated(Instant.now().plus(Duration.ofDays(365))));
            realm.changed();
            realm.addAccounts(1);

            assertThat(realm.changed().added()).isEqualTo(1);
        }
    }

    @Test
    void it_goes_on_where_a_full_sync_was_cut_off() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of("syncOverlapSeconds", "0"))) {
            addOld(realm, 45);
            refuseAllFrom(3);
            var cut = realm.full();
            assertThat(cut.ignored()).isTrue();
            assertThat(cut.added()).isBetween(10, 20);
            assertThat(cut.status()).contains("ended early", "403007");
            simulator.faults().clear();
            simulator.calls().reset();

            var outcome = realm.changed();

            assertThat(cut.added() + outcome.added()).isEqualTo(45);
            assertThat(realm.users()).hasSize(45);
            assertThat(simulator.calls().count(SEARCH)).isLessThan(5);
        }
    }

    @Test
    void after_removed_users_a_full_sync_that_was_cut_off_leaves_nobody_out() {
        try (var realm = synced()) {
            realm.removeImportedUsers();
            refuseAllFrom(2);
            assertThat(realm.full().added()).isLessThan(25);
            simulator.faults().clear();

            realm.changed();

            assertThat(realm.users()).hasSize(25);
        }
    }

    @Test
    void another_site_is_read_from_its_beginning() {
        try (var realm = synced()) {
            var other = simulator.addSite(Site.builder());
            other.add(Account.builder().uid("of another site").lastUpdated(LONG_AGO));
            realm.realm().configure(Map.of("apiKey", other.apiKey(), "secret", other.partnerSecret()));

            assertThat(realm.changed().added()).isEqualTo(1);
        }
    }

    private void refuseAllFrom(int call) {
        var refusal = Fault.errorCode(403007);
        simulator
                .faults()
                .onNth(SEARCH, call, Fault.after(() -> simulator.faults().on(SEARCH, refusal), refusal));
    }

    /** A realm of 25 accounts that did not change for long, each of which has its user. */
    private SyncedRealm synced() {
        var realm = SyncedRealm.create(keycloak, simulator, Map.of());
        addOld(realm, 25);
        assertThat(realm.full().added()).isEqualTo(25);
        return realm;
    }

    private static void addOld(SyncedRealm realm, int count) {
        for (int i = 0; i < count; i++) {
            realm.realm().site().add(Account.builder().uid("old-" + i).lastUpdated(LONG_AGO.plus(Duration.ofHours(i))));
        }
    }
}
