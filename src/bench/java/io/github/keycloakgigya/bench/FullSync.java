package io.github.keycloakgigya.bench;

/** How many users a second a full sync brings into an empty realm. */
final class FullSync {

    private static final String NAME = "full-sync";
    private static final double TARGET = 8;

    /** What PostgreSQL's planner knows while the tables grow. */
    enum Statistics {
        /** What it knew before, and what it finds out by itself. */
        PLAIN,
        /** The truth of a few seconds ago. */
        FRESH
    }

    private FullSync() {}

    static SyncRun measure(FederatedRealm realm, Statistics statistics) {
        Bench.step("Full sync of " + realm.source().people() + " users by "
                + realm.source().reader());
        realm.database().analyze();
        if (statistics == Statistics.PLAIN) {
            return realm.fullSync();
        }
        var fresh = FreshStatistics.keep(realm.database());
        try (fresh) {
            return realm.fullSync();
        }
    }

    static void compare(SyncRun ours, SyncRun peer, Results results) {
        results.add(Comparison.ofRates(NAME, ours.rate(), peer.rate(), LdapDirectory.READER, "users/s", TARGET));
    }
}
