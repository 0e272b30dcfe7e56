package io.github.keycloakgigya.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * What was measured of one user federation.
 *
 * @param firstSync into an empty realm
 * @param unchanged the same once more
 * @param page what a page of users takes
 */
record FederationFigures(SyncRun firstSync, UnchangedSync.Outcome unchanged, Duration page) {

    static FederationFigures measure(FederatedRealm realm, FullSync.Statistics statistics, int pages) {
        var first = FullSync.measure(realm, statistics);
        var unchanged = UnchangedSync.measure(realm);
        var page = ListPage.measure(realm, pages);
        return new FederationFigures(first, unchanged, page);
    }

    /** {@return these figures with the faster of two first syncs} */
    FederationFigures orFaster(SyncRun other) {
        return other.rate() > firstSync.rate() ? new FederationFigures(other, unchanged, page) : this;
    }

    void describe(Results results, UserSource source) {
        var who = source.reader() + ", " + String.format(Locale.ROOT, "%,d users", source.people());
        results.add(who + ", first full sync", rate(firstSync));
        results.add(who + ", unchanged full sync", rate(unchanged.run()));
        results.add(
                who + ", rows of users and their attributes written by the unchanged sync",
                String.format(Locale.ROOT, "%,d", unchanged.rowsWritten()));
        results.add(who + ", page after the cache was cleared", page.toMillis() + " ms");
    }

    private static String rate(SyncRun run) {
        return String.format(
                Locale.ROOT, "%,.0f users/s (%.1f s)", run.rate(), run.time().toMillis() / 1000.0);
    }

    void compareWith(FederationFigures peer, Results results) {
        FullSync.compare(firstSync, peer.firstSync, results);
        UnchangedSync.compare(unchanged, peer.unchanged, results);
        ListPage.compare(page, peer.page, results);
    }
}
