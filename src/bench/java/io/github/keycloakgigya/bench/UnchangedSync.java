package io.github.keycloakgigya.bench;

/** How many users a second a full sync goes over when nothing has changed. */
final class UnchangedSync {

    private static final String NAME = "full-sync-unchanged";
    private static final double TARGET = 10;

    /**
     * What the sync took and did.
     *
     * @param run its time
     * @param rowsWritten how many rows of users and of their attributes it added or changed
     */
    record Outcome(SyncRun run, long rowsWritten) {}

    private UnchangedSync() {}

    /** Goes over users that an earlier sync has brought. */
    static Outcome measure(FederatedRealm realm) {
        Bench.step("Unchanged full sync by " + realm.source().reader());
        var database = realm.database();
        database.analyze();
        var before = database.mark();
        var run = realm.fullSync();
        var written =
                database.rowsWrittenSince(before, "user_entity") + database.rowsWrittenSince(before, "user_attribute");
        return new Outcome(run, written);
    }

    static void compare(Outcome ours, Outcome peer, Results results) {
        results.add(Comparison.ofRates(
                NAME, ours.run().rate(), peer.run().rate(), LdapDirectory.READER, "users/s", TARGET));
    }
}
