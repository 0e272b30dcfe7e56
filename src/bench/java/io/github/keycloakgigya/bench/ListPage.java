package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.ServerFailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a page of imported users takes in the admin API when Keycloak's cache is empty and upstream is not near. */
final class ListPage {

    private static final String NAME = "list-page";
    private static final double TARGET = 10;
    private static final int PAGE = 100;

    private ListPage() {}

    /** {@return the median} */
    static Duration measure(FederatedRealm realm, int times) {
        var users = Math.min(PAGE, realm.source().people());
        Bench.step(times + " pages of " + users + " users by " + realm.source().reader() + ", with "
                + BenchSettings.UPSTREAM_DELAY.toMillis() + " ms upstream");
        realm.database().analyze();
        realm.source().delayAnswers(BenchSettings.UPSTREAM_DELAY);
        List<Duration> took = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            realm.forgetUsers();
            var start = System.nanoTime();
            var page = realm.firstUsers(PAGE);
            took.add(Duration.ofNanos(System.nanoTime() - start));
            if (page.size() != users) {
                throw new ServerFailureException("The page has " + page.size() + " users, not " + users + ".");
            }
        }
        realm.source().delayAnswers(Duration.ZERO);
        return took.stream().sorted().toList().get(times / 2);
    }

    static void compare(Duration ours, Duration peer, Results results) {
        results.add(Comparison.ofTimes(
                NAME, ours.toNanos() / 1e6, peer.toNanos() / 1e6, LdapDirectory.READER, "ms", TARGET));
    }
}
