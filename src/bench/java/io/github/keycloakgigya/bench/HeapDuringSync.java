package io.github.keycloakgigya.bench;

import static org.awaitility.Awaitility.await;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Whether a full sync holds the more in memory the longer it runs. A collection takes time, which the sync waits for.
 *
 * @param run the sync
 * @param atBegin bytes of live objects of Keycloak at a tenth of the sync
 * @param atHalf the same at half of it
 * @param atEnd the same at its end
 */
record HeapDuringSync(SyncRun run, long atBegin, long atHalf, long atEnd) {

    static HeapDuringSync measure(FederatedRealm realm, FullSync.Statistics statistics) {
        Bench.step("Live heap during a full sync by " + realm.source().reader());
        var sync = CompletableFuture.supplyAsync(() -> FullSync.measure(realm, statistics));
        var atBegin = after(10, realm, sync);
        var atHalf = after(50, realm, sync);
        var run = sync.join();
        return new HeapDuringSync(run, atBegin, atHalf, realm.liveHeap());
    }

    void describe(Results results) {
        results.add(
                String.format(Locale.ROOT, "Live heap of Keycloak during a full sync of %,d", run.users()),
                String.format(
                        Locale.ROOT,
                        "%.1f MB at 10 %%, %.1f MB at 50 %%, %.1f MB at 100 %%",
                        atBegin / 1e6,
                        atHalf / 1e6,
                        atEnd / 1e6));
    }

    /** {@return the heap when so many are written, or when all are, where that is a matter of moments} */
    private static long after(int percent, FederatedRealm realm, CompletableFuture<SyncRun> sync) {
        var users = realm.source().people() * (long) percent / 100;
        try (var database = realm.database().again()) {
            // To count a million rows again and again would cost what is measured.
            await().forever()
                    .until(() -> sync.isDone()
                            || database.number(
                                            "select n_tup_ins from pg_stat_user_tables where relname = 'user_entity'")
                                    >= users);
        }
        return realm.liveHeap();
    }
}
