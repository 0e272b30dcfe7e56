package io.github.keycloakgigya.bench;

import java.util.Locale;

/** Whether the rate of a full sync holds when there are more accounts. */
final class SyncAtScale {

    private static final double TARGET = 0.9;

    private SyncAtScale() {}

    /** @param fewer the sync of fewer accounts into an empty realm */
    static void measure(FederatedRealm realm, SyncRun fewer, Results results) {
        var more = FullSync.measure(realm, FullSync.Statistics.FRESH);
        results.add(
                String.format(Locale.ROOT, "Full sync of %,d users", more.users()),
                String.format(
                        Locale.ROOT,
                        "%,.0f users/s, which is %.2f of the rate with %,d (target %.1f)",
                        more.rate(),
                        more.rate() / fewer.rate(),
                        fewer.users(),
                        TARGET));
    }
}
