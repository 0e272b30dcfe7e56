package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.FullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.SearchFaults;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users whose accounts are gone when a full sync reads all. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncRemovalIT {

    private static final String SEARCH = "accounts.search";
    private static final Map<String, String> REMOVING =
            Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SyncRemovalIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void the_user_of_a_deleted_account_is_disabled_and_comes_back_with_it() {
        try (var realm = realm(REMOVING)) {
            var gone = synced(realm).get(4);
            realm.realm().site().delete(gone);

            var outcome = realm.full();

            assertThat(outcome).isEqualTo(new SyncOutcome(false, 0, 0, 1, 0, outcome.status()));
            assertThat(disabled(realm)).containsExactly(gone.uid());
            var back =
                    realm.realm().site().add(Account.builder().uid(gone.uid()).verifiedEmail("back@example.com"));
            assertThat(realm.changed().updated()).isEqualTo(1);
            assertThat(disabled(realm)).isEmpty();
            realm.realm().site().delete(back);
            assertThat(realm.full().removed()).isEqualTo(1);
            realm.realm().site().add(Account.builder().uid(gone.uid()).verifiedEmail("back@example.com"));
            assertThat(realm.full().updated()).isEqualTo(1);
            assertThat(disabled(realm)).isEmpty();
        }
    }

    @Test
    void whom_an_administrator_disabled_stays_disabled() {
        try (var realm = realm(REMOVING)) {
            var account = synced(realm).get(4);
            var users = new UserAdmin(realm.realm());
            var id = realm.userOf(account).path("id").asText();
            users.change(id, user -> user.put("enabled", false));
            realm.realm().site().delete(account);

            assertThat(realm.full().removed()).isZero();
            realm.realm().configure(Map.of("missingAccountPolicy", "delete"));
            assertThat(realm.full().removed()).isZero();
            realm.realm().site().add(Account.builder().uid(account.uid()));
            realm.full();

            assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
        }
    }

    @Test
    void the_policy_delete_removes_the_user_and_keep_leaves_it() {
        try (var realm = realm(with("missingAccountPolicy", "keep"))) {
            var gone = synced(realm).get(4);
            realm.realm().site().delete(gone);
            assertThat(realm.full().removed()).isZero();
            assertThat(disabled(realm)).isEmpty();

            realm.realm().configure(Map.of("missingAccountPolicy", "delete"));

            assertThat(realm.full().removed()).isEqualTo(1);
            assertThat(realm.users()).hasSize(24).doesNotContainKey(gone.uid());
        }
    }

    @Test
    void users_of_nobody_elses_are_touched() {
        try (var realm = realm(REMOVING)) {
            var local = new UserAdmin(realm.realm()).addLocal("local", "local@example.com", true);
            realm.realm().site().delete(synced(realm).get(0));

            assertThat(realm.full().removed()).isEqualTo(1);

            assertThat(new UserAdmin(realm.realm()).byId(local).path("enabled").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void without_the_setting_nobody_goes() {
        try (var realm = realm(Map.of("removalLimitPercent", "100"))) {
            realm.realm().site().delete(synced(realm).get(4));

            assertThat(realm.full().removed()).isZero();
            assertThat(disabled(realm)).isEmpty();
        }
    }

    @Test
    void where_more_than_the_limit_would_go_none_goes_and_the_administrator_learns_why() {
        try (var realm = realm(Map.of("syncRemovesMissing", "true"))) {
            synced(realm).subList(0, 3).forEach(realm.realm().site()::delete);
            long start = keycloak.log().end();

            var outcome = realm.full();

            assertThat(outcome.removed()).isZero();
            assertThat(outcome.status()).contains("3 users have no account", "limit of 10 %");
            assertThat(keycloak.log().warningsSince(start))
                    .anyMatch(warning -> warning.contains("3 users have no account"));
            assertThat(disabled(realm)).isEmpty();
        }
    }

    static Stream<Named<Consumer<GigyaSimulator>>> wrong_answers() {
        return Stream.of(
                Named.of("an empty first page", on(SEARCH, SearchFaults.emptyPage())),
                Named.of("nothing at all", on(SEARCH, SearchFaults.nothing())),
                Named.of("a total of zero", on(SEARCH, SearchFaults.totalZero())),
                Named.of("an early end", on(SEARCH, SearchFaults.earlyEnd())),
                Named.of("pages that repeat", on(SEARCH, SearchFaults.repeatedPage())),
                Named.of("pages without an end", on(SEARCH, SearchFaults.endlessPages())),
                Named.of("an account without a UID", on(SEARCH, SearchFaults.withoutUid())),
                Named.of("the UID of a stranger", on(SEARCH, SearchFaults.foreignUid("stranger"))),
                Named.of("a refusal", on(SEARCH, Fault.errorCode(403007))));
    }

    @ParameterizedTest
    @MethodSource("wrong_answers")
    void a_wrong_answer_removes_nobody(Consumer<GigyaSimulator> order) {
        removesNobody(order);
    }

    // Such an answer is asked for again, some seconds later.
    static Stream<Named<Consumer<GigyaSimulator>>> wrong_answers_about_a_missing_account() {
        return Stream.of(
                Named.of(
                        "a missing account whose state is an error never seen before",
                        on("accounts.getAccountInfo", Fault.errorCode(987_654))),
                Named.of("a missing account whose state is a status 404 at first", simulator -> {
                    // What does not end would be tried for three minutes.
                    simulator.faults().onNth("accounts.getAccountInfo", 1, Fault.httpStatus(404));
                    simulator.faults().on("accounts.getAccountInfo", Fault.errorCode(987_654));
                }));
    }

    @ParameterizedTest
    @MethodSource("wrong_answers_about_a_missing_account")
    void nor_does_a_wrong_answer_about_a_missing_account(Consumer<GigyaSimulator> order) {
        FullBuild.leaveOutOfOthers();
        removesNobody(order);
    }

    private void removesNobody(Consumer<GigyaSimulator> order) {
        try (var realm = realm(with("missingAccountPolicy", "delete"))) {
            var accounts = synced(realm);
            var hidden = accounts.get(4);
            realm.realm().site().delete(hidden);
            var before = realm.users().keySet();
            order.accept(simulator);

            var outcome = realm.full();

            simulator.faults().clear();
            assertThat(outcome.removed()).isZero();
            assertThat(realm.users().keySet()).containsAll(before);
            assertThat(disabled(realm)).isEmpty();
        }
    }

    @Test
    void an_account_that_a_search_hides_but_gigya_knows_keeps_its_user() {
        try (var realm = realm(REMOVING)) {
            synced(realm);
            simulator.faults().onceOn(SEARCH, SearchFaults.foreignUid("stranger"));
            simulator.calls().reset();

            assertThat(realm.full().removed()).isZero();

            assertThat(simulator.calls().count("accounts.getAccountInfo")).isEqualTo(1);
            assertThat(disabled(realm)).isEmpty();
        }
    }

    private static Consumer<GigyaSimulator> on(String method, Fault fault) {
        return simulator -> simulator.faults().on(method, fault);
    }

    private static Map<String, String> with(String key, String value) {
        return Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100", key, value);
    }

    private static List<Account> synced(SyncedRealm realm) {
        var accounts = realm.addAccounts(25);
        assertThat(realm.full().added()).isEqualTo(25);
        return accounts;
    }

    private static List<String> disabled(SyncedRealm realm) {
        return realm.users().entrySet().stream()
                .filter(user -> !user.getValue().path("enabled").asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    private SyncedRealm realm(Map<String, String> federation) {
        return SyncedRealm.create(keycloak, simulator, federation);
    }
}
