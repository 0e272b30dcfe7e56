package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.ServerLog;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.SearchFaults;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong during a sync costs nobody but the account that is at fault. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncFaultsIT {

    private static final int ACCOUNTS = 95;
    private static final String SEARCH = "accounts.search";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SyncFaultsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    static Stream<Named<Fault>> what_goes_wrong_once() {
        return Stream.of(
                Named.of("status 500", Fault.httpStatus(500)),
                Named.of("the connection is cut in the middle of the page", Fault.halfAnswer()),
                Named.of("no answer", Fault.drop()),
                Named.of("garbage", Fault.garbage()),
                Named.of("a server error", Fault.errorCode(500001)),
                Named.of("an unknown error", Fault.errorCode(999_999)),
                Named.of("an answer of 40 MB", Fault.oversize(40 << 20)));
    }

    @ParameterizedTest
    @MethodSource("what_goes_wrong_once")
    void a_fault_of_page_seven_costs_nothing(Fault fault) {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator.faults().onNth(SEARCH, 7, fault);

            assertThat(realm.full().added()).isEqualTo(ACCOUNTS);

            assertThat(realm.users()).hasSize(ACCOUNTS);
            assertThat(realm.full()).matches(again -> again.added() + again.updated() + again.failed() == 0);
        }
    }

    @Test
    void an_expired_cursor_costs_nothing() {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator
                    .faults()
                    .onNth(
                            SEARCH,
                            7,
                            Fault.after(() -> simulator.searchCursors().expireAll(), Fault.none()));

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, ACCOUNTS, 0, 0, 0, outcome.status()));
            assertThat(realm.users()).hasSize(ACCOUNTS);
        }
    }

    @OnlyInFullBuild
    @Test
    void a_throttle_of_ten_seconds_is_waited_for() {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator.calls().reset();
            simulator
                    .faults()
                    .onNth(
                            SEARCH,
                            4,
                            Fault.after(
                                    () -> simulator.faults().onFor(SEARCH, Duration.ofSeconds(10), Fault.throttle()),
                                    Fault.none()));

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, ACCOUNTS, 0, 0, 0, outcome.status()));
            assertThat(simulator.calls().count(SEARCH)).isLessThan(40);
        }
    }

    @Test
    void an_account_without_a_uid_is_counted_and_nobody_else_suffers() {
        try (var realm = realm()) {
            realm.addAccounts(25);
            simulator.faults().onNth(SEARCH, 2, SearchFaults.withoutUid());

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(true, 24, 0, 0, 1, outcome.status()));
            assertThat(realm.full().added()).isEqualTo(1);
        }
    }

    @Test
    void an_account_that_comes_twice_is_one_user() {
        try (var realm = realm()) {
            realm.addAccounts(25);
            simulator.faults().onNth(SEARCH, 2, SearchFaults.doubledUid());

            assertThat(realm.full().added()).isEqualTo(24);

            assertThat(realm.users()).hasSize(24);
            realm.full();
            assertThat(realm.users()).hasSize(25);
        }
    }

    @Test
    void of_two_accounts_with_one_address_one_becomes_a_user() {
        try (var realm = realm()) {
            var accounts = realm.addAccounts(25);
            accounts.get(20).moveTo("sync2@example.com");
            long start = keycloak.log().end();

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(true, 24, 0, 0, 1, outcome.status()));
            assertThat(realm.users()).containsKey(accounts.get(1).uid()).hasSize(24);
            var log = logSince(start);
            accounts.get(20).moveTo("sync21@example.com");
            assertThat(realm.full().added()).isEqualTo(1);
            assertThat(log)
                    .contains(idOf(accounts.get(20), realm))
                    .doesNotContain(accounts.get(20).uid(), "sync2@example.com");
        }
    }

    @Test
    void an_account_with_the_address_of_a_local_user_takes_nothing_over() {
        try (var realm = realm()) {
            var users = new UserAdmin(realm.realm());
            var local = users.addLocal("local", "sync3@example.com", true);
            var before = users.byId(local);
            realm.addAccounts(25);

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(true, 24, 0, 0, 1, outcome.status()));
            assertThat(users.byId(local)).isEqualTo(before);
        }
    }

    @Test
    void an_account_of_two_megabytes_is_counted_and_named_and_nobody_else_suffers() {
        try (var realm = realm()) {
            var accounts = realm.addAccounts(25);
            simulator.faults().onNth(SEARCH, 2, SearchFaults.hugeAccount("memberNumber", 2 << 20));
            long start = keycloak.log().end();

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(true, 24, 0, 0, 1, outcome.status()));
            var log = logSince(start);
            assertThat(realm.full().added()).isEqualTo(1);
            assertThat(log).contains(idOf(accounts.get(10), realm));
        }
    }

    // Known before there is such a user.
    private static String idOf(Account account, SyncedRealm realm) {
        return realm.users().get(account.uid()).path("id").asText();
    }

    @Test
    void pages_without_an_end_come_to_one() {
        try (var realm = realm()) {
            realm.addAccounts(25);
            simulator.faults().on(SEARCH, SearchFaults.endlessPages());

            var outcome = realm.full();

            assertThat(outcome.ignored()).isTrue();
            assertThat(outcome.status()).contains("ended early");
            simulator.faults().clear();
            realm.full();
            assertThat(realm.users()).hasSize(25);
        }
    }

    @OnlyInFullBuild
    @Test
    void a_huge_site_reports_its_progress() {
        try (var realm = realm()) {
            realm.addAccounts(60);
            simulator.faults().latency(Duration.ofMillis(1200));
            long start = keycloak.log().end();

            realm.full();

            assertThat(logSince(start)).containsPattern("\\d+ of 60 accounts, \\d+ a second, \\d:\\d\\d:\\d\\d left");
        }
    }

    @Test
    void the_uid_of_a_disabled_account_stays_a_user() {
        try (var realm = realm()) {
            realm.realm()
                    .site()
                    .add(Account.builder().verifiedEmail("off@example.com").disabled());

            assertThat(realm.full().added()).isEqualTo(1);
        }
    }

    @Test
    void nobody_escapes_a_ban_by_a_profile_that_holds_too_much() {
        try (var realm = realm()) {
            var banned = realm.addAccounts(3).get(1);
            realm.full();
            banned.setProfile("firstName", "x".repeat(70_000));
            banned.setActive(false);

            assertThat(realm.full().failed()).isEqualTo(1);

            assertThat(realm.userOf(banned).path("enabled").asBoolean()).isFalse();
        }
    }

    private String logSince(long place) {
        return keycloak.log().entriesSince(place).stream()
                .filter(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                .map(ServerLog.Entry::message)
                .reduce("", (text, message) -> text + message + "\n");
    }

    private SyncedRealm realm() {
        return SyncedRealm.create(keycloak, simulator, Map.of());
    }
}
