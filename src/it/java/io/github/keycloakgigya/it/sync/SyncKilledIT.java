package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server is killed in the midst of a sync, and started again. */
@OnlyInFullBuild
class SyncKilledIT {

    private static final int ACCOUNTS = 95;
    private static final String NAME = "sync-killed";

    @Test
    void nothing_is_lost_or_doubled_and_the_next_sync_completes() {
        try (var simulator = GigyaSimulator.start()) {
            var settings = KeycloakSettings.named(NAME).takingForGigya(simulator);
            var killed = KeycloakServer.start(TestProviders.inBuild(), settings, step -> {});
            var realm = SyncedRealm.create(killed, simulator, Map.of());
            realm.addAccounts(ACCOUNTS);
            simulator.faults().latency(Duration.ofSeconds(2));
            CompletableFuture.runAsync(() -> realm.full(), command -> new Thread(command, "sync").start());
            await().atMost(Duration.ofSeconds(60)).until(() -> realm.users().size() >= 3 * SyncedRealm.PAGE);
            killed.kill();
            simulator.faults().clear();

            try (var again = KeycloakServer.start(TestProviders.inBuild(), settings.keepingData(), step -> {})) {
                // Keycloak's development database writes what was
                // committed half a second later: a page may be gone again.
                assertThat(realm.users()).hasSizeBetween(2 * SyncedRealm.PAGE, ACCOUNTS - SyncedRealm.PAGE);
                // The sync of the server that is dead counts as running for a minute.
                var outcome = await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofSeconds(3))
                        .until(realm::changed, done -> !done.ignored());

                assertThat(outcome.failed()).isZero();
                assertThat(realm.users()).hasSize(ACCOUNTS);
                assertThat(realm.full()).matches(whole -> whole.added() + whole.updated() + whole.failed() == 0);
                assertThat(again.isAlive()).isTrue();
            }
        }
    }
}
