package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.ServerFailureException;
import java.time.Duration;
import java.util.Locale;

/** A site of a million accounts beside one of a tenth, and the removal of the twentieth part of the million. */
final class MillionSuite implements Suite {

    private static final int TENTH = 10;
    private static final int TWENTIETH = 20;

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;
    private final BenchSettings settings;

    MillionSuite(KeycloakDistribution distribution, PostgresServer postgres, BenchSettings settings) {
        this.distribution = distribution;
        this.postgres = postgres;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "full-sync-million";
    }

    @Override
    public void run(Results results) {
        var fewer = measure(settings.million() / TENTH, "tenth", results, false);
        var all = measure(settings.million(), "million", results, true);
        all.compareWith(fewer, results);
    }

    private ScaleFigures measure(int accounts, String database, Results results, boolean removes) {
        Bench.step("Making " + accounts + " Gigya accounts");
        try (var gigya = GigyaSite.start(accounts);
                var realm = FederatedRealm.startForSignIns(distribution, postgres, gigya, database)) {
            var figures = ScaleFigures.measure(realm, gigya, settings.pages());
            figures.describe(results);
            size(realm, results);
            if (removes) {
                remove(realm, gigya, results);
            }
            return figures;
        }
    }

    private static void size(FederatedRealm realm, Results results) {
        var bytes = realm.database()
                .number("select pg_total_relation_size('user_entity') + pg_total_relation_size('user_attribute')"
                        + " + pg_total_relation_size('user_role_mapping')");
        var users = realm.source().people();
        var sessions = realm.database().number("select count(*) from offline_user_session");
        var ofSessions = realm.database()
                .number("select pg_total_relation_size('offline_user_session')"
                        + " + pg_total_relation_size('offline_client_session')");
        results.add(
                String.format(Locale.ROOT, "Rows of %,d sessions in PostgreSQL, with their indexes", sessions),
                String.format(Locale.ROOT, "%,d bytes a session", ofSessions / Math.max(1, sessions)));
        results.add(
                String.format(Locale.ROOT, "Rows of %,d users in PostgreSQL, with their indexes", users),
                String.format(Locale.ROOT, "%,d MB, %,d bytes a user", bytes / 1_000_000, bytes / users));
    }

    /** Removes the users of accounts that are gone: within the limit of the settings' default, so that they do go. */
    private static void remove(FederatedRealm realm, GigyaSite gigya, Results results) {
        var gone = gigya.people() / TWENTIETH;
        Bench.step("Removing " + gone + " users whose account is gone");
        gigya.deleteEvery(TWENTIETH);
        var start = System.nanoTime();
        var removed = realm.removingSync();
        var time = Duration.ofNanos(System.nanoTime() - start);
        if (removed != gone) {
            throw new ServerFailureException("The sync disabled " + removed + " of " + gone + " users.");
        }
        results.add(
                String.format(Locale.ROOT, "Full sync of %,d users that disables %,d", gigya.people(), gone),
                String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3));
    }
}
