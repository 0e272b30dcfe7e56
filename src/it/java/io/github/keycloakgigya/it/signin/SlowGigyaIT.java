package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.Scrape;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordForm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Gigya answers so slowly that the requests of one moment would take all threads and database connections of a server
 * that has few of both.
 */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowGigyaIT {

    private static final String SEARCH = "accounts.search";
    private static final String GET_JWT = "accounts.getJWT";
    private static final Duration SLOW = Duration.ofMillis(1900);
    private static final int AT_ONCE = 30;
    private static final int THREADS = 8;
    private static final int NEIGHBOURS = 6;
    // So long would all threads be taken, if each of these calls could hold one.
    private static final Duration SOON = SLOW.multipliedBy(AT_ONCE / THREADS);

    private final GigyaSimulator gigya = GigyaSimulator.start();
    private KeycloakServer keycloak;
    private GigyaRealm passwords;
    private GigyaRealm realm;
    private GigyaRealm elsewhere;

    @BeforeAll
    void start_a_small_server() {
        keycloak = KeycloakServer.start(
                TestProviders.inBuild(),
                SharedServers.watched("slow")
                        .takingForGigya(gigya)
                        .withOption("--http-pool-max-threads=" + THREADS)
                        .withOption("--db-pool-max-size=6"),
                step -> {});
        passwords = PasswordForm.realm(keycloak, gigya, Map.of());
        realm = GigyaRealm.create(keycloak, gigya);
        elsewhere = GigyaRealm.create(keycloak, gigya);
        for (var one : List.of(passwords, elsewhere)) {
            new UserAdmin(one).allowPasswords();
        }
        new UserAdmin(elsewhere).addLocal("neighbour", "neighbour@example.com", true);
        // The first of all may take longer than Gigya may.
        var first = account("first");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> realm.signIn(first));
        neighbourSignsIn();
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void stop() {
        keycloak.close();
        gigya.close();
    }

    @Test
    void the_console_shows_that_half_of_the_connections_may_wait_for_gigya() {
        assertThat(keycloak.admin()
                        .get("serverinfo")
                        .succeeded()
                        .body()
                        .path("providers")
                        .findValuesAsText("max-calls"))
                .containsExactly("3");
    }

    @Test
    void grants_of_unknown_names_leave_room_for_others_and_none_fails() throws Exception {
        gigya.faults().on(SEARCH, Fault.delay(SLOW));
        var grants = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> (Callable<Page>) () -> new UserAdmin(passwords).password("nobody" + i, "a password"))
                .toList();

        var answers = beside(grants);

        assertThat(answers).extracting(Page::status).containsOnly(400, 503);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .as("few wait, the others are told at once")
                .hasSizeGreaterThan(AT_ONCE / 2)
                .allMatch(answer -> answer.body().contains("temporarily_unavailable"));
        assertThat(passwords.events())
                .filteredOn(event -> "gigya_unavailable"
                        .equals(event.at("/details/gigya_error").asText()))
                .as("each of these has its event")
                .hasSize((int) answers.stream()
                        .filter(answer -> answer.status() == 503)
                        .count());
        assertThat(Scrape.of(keycloak).sum("calls_withheld_total", "method=" + SEARCH))
                .isPositive();
    }

    @Test
    void posts_of_the_login_page_leave_room_for_others_and_none_fails() throws Exception {
        var posts = new ArrayList<Callable<Page>>();
        for (int i = 0; i < AT_ONCE; i++) {
            var visitor = realm.visit();
            var proof = realm.proofOf(account("visitor" + i), visitor.audience());
            posts.add(() -> visitor.post(proof));
        }
        gigya.faults().on(GET_JWT, Fault.delay(SLOW));

        var answers = beside(posts);

        assertThat(answers).extracting(Page::status).allMatch(status -> status < 500);
        assertThat(answers).filteredOn(answer -> answer.redirect().isPresent()).isNotEmpty();
        assertThat(answers)
                .filteredOn(answer -> answer.redirect().isEmpty())
                .isNotEmpty()
                .allMatch(answer -> answer.text().contains("cannot be reached at the moment"));
    }

    @Test
    void nobody_who_signs_in_holds_a_database_connection_while_gigya_thinks() throws Exception {
        var known = account("known");
        realm.signIn(known);
        realm.admin()
                .post("realms/" + realm.name() + "/clear-user-cache", Json.parse("{}"))
                .succeeded();

        for (var account : List.of(known, account("unknown"))) {
            assertThat(connectionsHeldDuringSignIn(account)).isZero();
        }
    }

    private double connectionsHeldDuringSignIn(Account account) throws Exception {
        var visitor = realm.visit();
        var proof = realm.proofOf(account, visitor.audience());
        gigya.calls().reset();
        gigya.faults().on(GET_JWT, Fault.delay(SLOW));
        List<Callable<Double>> both = List.of(
                () -> {
                    visitor.post(proof);
                    return 0.0;
                },
                () -> {
                    await().until(() -> gigya.calls().count(GET_JWT) == 1);
                    return connectionsInUse();
                });
        var held = AtOnce.run(both).get(1);
        gigya.faults().clear();
        return held;
    }

    private double connectionsInUse() {
        return Scrape.answer(keycloak)
                .body()
                .lines()
                .filter(line -> line.startsWith("agroal_active_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    // Does the work while people of another realm sign in, and makes sure that nothing broke.
    private List<Page> beside(List<Callable<Page>> work) throws Exception {
        long before = keycloak.log().end();
        var all = new ArrayList<Callable<List<Page>>>();
        work.forEach(one -> all.add(() -> List.of(one.call())));
        all.add(() -> {
            for (int i = 0; i < NEIGHBOURS; i++) {
                assertThat(neighbourSignsIn()).isLessThan(SOON);
            }
            return List.of();
        });
        var answers = AtOnce.run(all).stream().flatMap(List::stream).toList();
        assertThat(keycloak.log().entriesSince(before))
                .noneMatch(entry -> entry.level().equals("ERROR"))
                .noneMatch(entry -> entry.message().contains("Unable to acquire JDBC Connection"));
        return answers;
    }

    private Duration neighbourSignsIn() {
        long start = System.nanoTime();
        assertThat(new UserAdmin(elsewhere)
                        .password("neighbour", "local password")
                        .status())
                .isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Account account(String name) {
        return realm.site().add(Account.builder().verifiedEmail(name + "@example.com"));
    }
}
