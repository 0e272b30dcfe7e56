package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncOutcome;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Others do something while a sync runs. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncRaceIT {

    private static final int ACCOUNTS = 60;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SyncRaceIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void of_two_syncs_at_once_one_is_ignored_and_says_so() {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator.faults().latency(Duration.ofMillis(400));

            var outcomes = Stream.of(runInBackground(realm::full), runInBackground(realm::full)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(outcomes).filteredOn(SyncOutcome::ignored).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.added() == ACCOUNTS)
                    .hasSize(1);
            assertThat(realm.users()).hasSize(ACCOUNTS);
        }
    }

    @OnlyInFullBuild
    @Test
    void a_sync_that_takes_longer_than_keycloaks_own_lock_is_still_alone() {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator.faults().latency(Duration.ofSeconds(6));
            var first = runInBackground(realm::full);
            await().atMost(Duration.ofSeconds(60)).until(() -> realm.users().size() >= ACCOUNTS - SyncedRealm.PAGE);

            var second = realm.changed();

            assertThat(second.ignored()).isTrue();
            assertThat(second.status()).contains("in progress");
            assertThat(first.join().added()).isEqualTo(ACCOUNTS);
        }
    }

    @Test
    void people_who_sign_in_during_a_sync_lose_nothing_and_are_one_user_each() {
        try (var realm = realm()) {
            var accounts = realm.addAccounts(ACCOUNTS);
            simulator.faults().latency(Duration.ofMillis(100));
            var sync = runInBackground(realm::full);

            var subjects = IntStream.range(0, 12)
                    .map(i -> ACCOUNTS - 1 - 5 * i)
                    .mapToObj(accounts::get)
                    .collect(Collectors.toMap(
                            account -> account.uid(),
                            account -> realm.realm().signIn(account).subject()));

            var outcome = sync.join();
            assertThat(outcome.failed()).isZero();
            assertThat(outcome.ignored()).isFalse();
            var users = realm.users();
            assertThat(users).hasSize(ACCOUNTS);
            subjects.forEach((uid, subject) ->
                    assertThat(users.get(uid).path("id").asText()).isEqualTo(subject));
        }
    }

    @Test
    void what_an_administrator_saves_during_a_sync_stays() {
        try (var realm = realm()) {
            var accounts = realm.addAccounts(ACCOUNTS);
            realm.full();
            var ids = realm.users();
            accounts.forEach(account -> account.setProfile("firstName", "Synced"));
            simulator.faults().latency(Duration.ofMillis(300));
            var sync = runInBackground(realm::full);

            var users = new UserAdmin(realm.realm());
            accounts.forEach(account ->
                    saveShoeSize(users, ids.get(account.uid()).path("id").asText()));

            assertThat(sync.join().ignored()).isFalse();
            simulator.faults().clear();
            realm.full();
            assertThat(realm.users().values())
                    .allMatch(user -> user.at("/attributes/shoeSize/0").asText().equals("42"))
                    .allMatch(user -> user.path("firstName").asText().equals("Synced"));
        }
    }

    // Whose form is older than what the sync has written meanwhile is refused by Keycloak, and opens it again.
    private static void saveShoeSize(UserAdmin users, String id) {
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> {
                    users.change(
                            id,
                            user -> user.withObject("attributes")
                                    .putArray("shoeSize")
                                    .add("42"));
                    return true;
                });
    }

    @Test
    void a_federation_that_is_removed_during_a_sync_stays_removed() {
        try (var realm = realm()) {
            realm.addAccounts(ACCOUNTS);
            simulator.faults().latency(Duration.ofSeconds(1));
            var sync = runInBackground(realm::full);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !realm.realm().users().isEmpty());

            realm.realm()
                    .admin()
                    .delete(realm.path("components/" + realm.realm().componentId()))
                    .succeeded();

            assertThat(sync.handle((outcome, failure) -> "ended").join()).isEqualTo("ended");
            assertThat(realm.realm().users()).isEmpty();
        }
    }

    private static CompletableFuture<SyncOutcome> runInBackground(Supplier<SyncOutcome> sync) {
        return CompletableFuture.supplyAsync(sync, command -> new Thread(command, "sync").start());
    }

    private SyncedRealm realm() {
        return SyncedRealm.create(keycloak, simulator, Map.of());
    }
}
