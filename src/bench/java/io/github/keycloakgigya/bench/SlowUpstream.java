package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.StubOpenIdProvider;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordForm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What becomes of a server, and of another realm on it, when many people come at one moment and whoever has to be asked
 * about them takes 1.9 seconds: Gigya, or the upstream of Keycloak's own OIDC broker. Run by hand, once for each size of
 * a server: {@code mvn -Pbench verify -Dbench.main=io.github.keycloakgigya.bench.SlowUpstream -Dexec.args="50 40 150 400"}.
 * It prints a row for each door.
 */
public final class SlowUpstream {

    private static final Duration SLOW = Duration.ofMillis(1900);
    private static final String PEER = "peer";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private final String pools;
    private final GigyaRealm elsewhere;

    private SlowUpstream(KeycloakServer keycloak, GigyaSimulator gigya, String pools) {
        this.keycloak = keycloak;
        this.gigya = gigya;
        this.pools = pools;
        this.elsewhere = GigyaRealm.create(keycloak, gigya);
        new UserAdmin(elsewhere).allowPasswords();
        new UserAdmin(elsewhere).addLocal("neighbour", "neighbour@example.com", true);
        neighbourSignsIn();
    }

    /**
     * Runs the doors one after the other.
     *
     * @param arguments threads, connections, and then how many people come at once, once for each row
     */
    public static void main(String[] arguments) throws Exception {
        var settings = KeycloakSettings.named("slow-upstream")
                .loggingLittle()
                .withOption("--http-pool-max-threads=" + arguments[0])
                .withOption("--db-pool-max-size=" + arguments[1]);
        try (var gigya = GigyaSimulator.start();
                var keycloak = KeycloakServer.start(
                        KeycloakDistribution.ofBuild(), settings.takingForGigya(gigya), System.out::println)) {
            System.out.println("| threads/connections | door | at once | answers | ERROR in the log | no connection "
                    + "| slowest answer | sign-ins elsewhere, failed | slowest elsewhere |");
            var rows = new SlowUpstream(keycloak, gigya, arguments[0] + "/" + arguments[1]);
            for (int i = 2; i < arguments.length; i++) {
                int people = Integer.parseInt(arguments[i]);
                rows.grants(people);
                rows.keycloaksOwnGrants(people);
                rows.posts(people);
                rows.broker(people);
            }
        }
    }

    private void grants(int people) throws Exception {
        try (var realm = PasswordForm.realm(keycloak, gigya, Map.of())) {
            new UserAdmin(realm).allowPasswords();
            gigya.faults().on("accounts.search", Fault.delay(SLOW));
            measure("password grants", attempts(new UserAdmin(realm), people));
        } finally {
            gigya.faults().clear();
        }
    }

    /** Nobody waits for anything here: this is what so many password grants cost Keycloak itself. */
    private void keycloaksOwnGrants(int people) throws Exception {
        try (var realm = GigyaRealm.withoutFederation(keycloak, gigya, gigya.addSite(Site.builder()), ignored -> {})) {
            new UserAdmin(realm).allowPasswords();
            measure("Keycloak's own password grants", attempts(new UserAdmin(realm), people));
        }
    }

    private static List<Callable<Page>> attempts(UserAdmin users, int people) {
        return IntStream.range(0, people)
                .mapToObj(i -> (Callable<Page>) () -> users.password("nobody" + i, "a password"))
                .toList();
    }

    private void posts(int people) throws Exception {
        try (var realm = GigyaRealm.create(keycloak, gigya)) {
            // So that signing keys are known.
            realm.signIn(realm.site().add(Account.builder().verifiedEmail("first@example.com")));
            var work = new ArrayList<Callable<Page>>();
            for (int i = 0; i < people; i++) {
                var account = realm.site().add(Account.builder().verifiedEmail("person" + i + "@example.com"));
                var visitor = realm.visit();
                var proof = realm.proofOf(account, visitor.audience());
                work.add(() -> visitor.post(proof));
            }
            gigya.faults().on("accounts.getJWT", Fault.delay(SLOW));
            measure("posts of the login page", work);
        } finally {
            gigya.faults().clear();
        }
    }

    private void broker(int people) throws Exception {
        try (var upstream = new StubOpenIdProvider(PEER);
                var realm = BrokeredRealm.create(keycloak, gigya, Map.of())) {
            realm.realm()
                    .admin()
                    .post(realm.providers(), upstream.identityProvider(PEER))
                    .succeeded();
            var first = realm.realm().login();
            upstream.signIn(first, first.begin(Map.of("kc_idp_hint", PEER)));
            var work = new ArrayList<Callable<Page>>();
            for (int i = 0; i < people; i++) {
                var login = realm.realm().login();
                var approved = upstream.approved(login.begin(Map.of("kc_idp_hint", PEER)), "person" + i);
                work.add(() -> login.browser().open(approved));
            }
            upstream.latency(SLOW);
            measure("Keycloak's OIDC broker", work);
        }
    }

    private record Answer(int status, Duration took) {}

    private void measure(String door, List<Callable<Page>> work) throws Exception {
        long before = keycloak.log().end();
        var running = new AtomicBoolean(true);
        var neighbours = new ArrayList<Answer>();
        var neighbour = new Thread(() -> {
            while (running.get()) {
                neighbours.add(neighbourSignsIn());
            }
        });
        var timed =
                work.stream().map(one -> (Callable<Answer>) () -> timed(one)).toList();
        neighbour.start();
        var answers = AtOnce.run(timed);
        running.set(false);
        neighbour.join();
        var log = keycloak.log().entriesSince(before);
        System.out.printf(
                "| %s | %s | %d | %s | %d | %d | %s | %d, %d | %s |%n",
                pools,
                door,
                work.size(),
                answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting())),
                log.stream().filter(entry -> entry.level().equals("ERROR")).count(),
                log.stream()
                        .filter(entry -> entry.message().contains("Unable to acquire JDBC Connection"))
                        .count(),
                slowest(answers),
                neighbours.size(),
                neighbours.stream().filter(answer -> answer.status() != 200).count(),
                slowest(neighbours));
    }

    private static String slowest(List<Answer> answers) {
        return answers.stream()
                        .map(Answer::took)
                        .max(Duration::compareTo)
                        .orElseThrow()
                        .toMillis() + " ms";
    }

    private Answer neighbourSignsIn() {
        try {
            return timed(() -> new UserAdmin(elsewhere).password("neighbour", "local password"));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Answer timed(Callable<Page> work) throws Exception {
        long start = System.nanoTime();
        var page = work.call();
        return new Answer(page.status(), Duration.ofNanos(System.nanoTime() - start));
    }
}
