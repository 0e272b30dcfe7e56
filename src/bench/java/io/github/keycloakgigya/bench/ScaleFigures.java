package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.ServerFailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * What was measured of a site of one size.
 *
 * @param sync of everybody into an empty realm, with the live heap
 * @param page a page of users
 * @param search for one user by the exact name
 * @param words for users by a word, as the console's search does; Keycloak reads all users for it
 * @param count of the realm's users; Keycloak counts them all
 * @param signIn by the authenticator, of a person who is known
 * @param unchanged the sync again
 */
record ScaleFigures(
        HeapDuringSync sync,
        Duration page,
        Duration search,
        Duration words,
        Duration count,
        Duration signIn,
        SyncRun unchanged) {

    private static final int SIGN_INS_A_PAGE = 16;
    private static final double NO_SLOWER = 1 / 1.2;
    private static final double AS_FAST = 0.9;

    static ScaleFigures measure(FederatedRealm realm, GigyaSite gigya, int times) {
        var sync = HeapDuringSync.measure(realm, FullSync.Statistics.FRESH);
        realm.database().analyze();
        // What the simulator's search takes of the time grows with the accounts, since it has no index.
        gigya.findNothing();
        var page = ListPage.measure(realm, times);
        var search = median(times, time -> found(realm, "username=" + email(gigya, time) + "&exact=true", 1));
        var words = median(times, time -> found(realm, "search=" + email(gigya, time) + "&first=0&max=20", 1));
        var count = median(times, time -> realm.count());
        gigya.findAgain();
        var signIn = signIns(realm, gigya, SIGN_INS_A_PAGE * times);
        return new ScaleFigures(
                sync,
                page,
                search,
                words,
                count,
                signIn,
                UnchangedSync.measure(realm).run());
    }

    private static String email(GigyaSite gigya, int time) {
        return GigyaSite.email(spread(gigya, time, 1000));
    }

    /** {@return somebody else each time, near and far} */
    private static int spread(GigyaSite gigya, int time, int times) {
        return (int) ((long) time * gigya.people() / times);
    }

    private static void found(FederatedRealm realm, String query, int expected) {
        var users = realm.users(query).size();
        if (users != expected) {
            throw new ServerFailureException("A search found " + users + " users, not " + expected + ".");
        }
    }

    private static Duration signIns(FederatedRealm realm, GigyaSite gigya, int times) {
        Bench.step(times + " sign-ins, after as many to warm up");
        var connections = HttpBrowser.of(realm.address());
        IntConsumer signIn = person -> {
            var login = new LoginFlow(
                    connections.another(), FederatedRealm.REALM, SignInSuite.CLIENT, SignInSuite.REDIRECT);
            login.finish(gigya.signIn(login, login.begin(), person));
        };
        for (int time = 0; time < times; time++) {
            signIn.accept(spread(gigya, 2 * time + 1, 2 * times));
        }
        return median(times, time -> signIn.accept(spread(gigya, time, times)));
    }

    private static Duration median(int times, IntConsumer work) {
        var took = new ArrayList<Double>();
        for (int time = 0; time < times; time++) {
            var start = System.nanoTime();
            work.accept(time);
            took.add((double) (System.nanoTime() - start));
        }
        return Duration.ofNanos(Math.round(Median.of(took)));
    }

    void describe(Results results) {
        var users = String.format(Locale.ROOT, "%,d users", sync.run().users());
        sync.describe(results);
        results.add(
                "Full sync of " + users,
                String.format(Locale.ROOT, "%,.0f users/s", sync.run().rate()));
        results.add("Search by a word, " + users, millis(words) + " ms");
        results.add("Count, " + users, millis(count) + " ms");
    }

    void compareWith(ScaleFigures fewer, Results results) {
        var peer =
                String.format(Locale.ROOT, "the same with %,d", fewer.sync.run().users());
        results.add(Comparison.ofRates(
                "full-sync-million", sync.run().rate(), fewer.sync.run().rate(), peer, "users/s", AS_FAST));
        results.add(Comparison.ofTimes(
                "full-sync-million-heap", sync.atEnd() / 1e6, sync.atBegin() / 1e6, "at a tenth of it", "MB", AS_FAST));
        compare("list-page", page, fewer.page, peer, results);
        compare("search", search, fewer.search, peer, results);
        compare("sign-in", signIn, fewer.signIn, peer, results);
        results.add(Comparison.ofRates(
                "full-sync-million-unchanged", unchanged.rate(), fewer.unchanged.rate(), peer, "users/s", NO_SLOWER));
    }

    private static void compare(String what, Duration ours, Duration peer, String peerName, Results results) {
        results.add(
                Comparison.ofTimes("full-sync-million-" + what, millis(ours), millis(peer), peerName, "ms", NO_SLOWER));
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e4) / 100.0;
    }
}
