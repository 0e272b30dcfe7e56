package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.ServerFailureException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a full sync holds the more in memory the longer it runs. In a run of its own, since a collection takes time. */
final class HeapDuringSync {

    private HeapDuringSync() {}

    static void measure(FederatedRealm realm, Results results) {
        Bench.step("Live heap during a full sync by " + realm.source().reader());
        realm.database().analyze();
        var sync = CompletableFuture.supplyAsync(realm::fullSync);
        var heap = new StringBuilder();
        for (int percent : new int[] {10, 50}) {
            awaitUsers(realm, realm.source().people() * (long) percent / 100, sync);
            heap.append(at(percent, realm)).append(", ");
        }
        sync.join();
        results.add("Live heap of Keycloak during a full sync", heap + at(100, realm));
    }

    private static String at(int percent, FederatedRealm realm) {
        return String.format(Locale.ROOT, "%.1f MB at %d %%", realm.liveHeap() / 1e6, percent);
    }

    private static void awaitUsers(FederatedRealm realm, long users, CompletableFuture<SyncRun> sync) {
        try (var database = realm.database().again()) {
            while (database.number("select count(*) from user_entity") < users) {
                if (hasEnded(sync)) {
                    throw new ServerFailureException("The sync was over before its heap could be looked at.");
                }
            }
        }
    }

    /** Waits for a moment at most. */
    private static boolean hasEnded(CompletableFuture<SyncRun> sync) {
        try {
            sync.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException failed) {
            throw new ServerFailureException(
                    "The sync failed: " + failed.getCause().getMessage());
        }
    }
}
