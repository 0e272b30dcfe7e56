package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.api.CallGate.Passage;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much may be under way with Gigya at once. */
@Timeout(30)
class BulkheadTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(200);
    private static final GigyaSite SHOP = site("shop");
    private static final GigyaSite CLUB = site("club");

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private static GigyaSite site(String name) {
        return new GigyaSite(ApiDomain.custom(name + ".example.com"), "3_" + name);
    }

    @Test
    void a_site_gets_three_quarters_of_the_places_and_others_the_rest() throws Exception {
        var bulkhead = new Bulkhead(8, 4, Duration.ofMillis(1));

        assertThat(taken(bulkhead, SHOP, 10)).isEqualTo(6);
        assertThat(taken(bulkhead, CLUB, 10)).isEqualTo(2);
    }

    @Test
    void a_single_place_is_any_sites() throws Exception {
        assertThat(taken(new Bulkhead(1, 1, Duration.ofMillis(1)), SHOP, 2)).isEqualTo(1);
    }

    @Test
    void who_finds_no_place_is_refused_after_the_wait_and_not_before() throws Exception {
        var bulkhead = new Bulkhead(1, 1, IMPATIENT);
        bulkhead.enter(SHOP);
        long start = System.nanoTime();

        assertThat(bulkhead.enter(CLUB)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(IMPATIENT, IMPATIENT.multipliedBy(10));
    }

    @Test
    void who_waited_in_vain_took_nothing_from_the_own_site() throws Exception {
        var bulkhead = new Bulkhead(1, 1, Duration.ofMillis(1));
        var ofAnother = bulkhead.enter(CLUB).orElseThrow();
        assertThat(bulkhead.enter(SHOP)).isEmpty();

        ofAnother.end();

        assertThat(bulkhead.enter(SHOP)).isPresent();
    }

    @Test
    void who_waits_gets_the_place_that_becomes_free() throws Exception {
        var bulkhead = new Bulkhead(1, 1, PATIENT);
        var first = bulkhead.enter(SHOP).orElseThrow();
        var second = waiting(bulkhead, SHOP);

        first.end();

        assertThat(second.get()).isPresent();
    }

    @Test
    void who_finds_as_many_waiting_as_may_is_refused_at_once() throws Exception {
        var bulkhead = new Bulkhead(1, 2, PATIENT);
        var first = bulkhead.enter(SHOP).orElseThrow();
        var waiting = List.of(waiting(bulkhead, SHOP), waiting(bulkhead, CLUB));
        long start = System.nanoTime();

        assertThat(bulkhead.enter(CLUB)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        first.end();
        await().until(() -> waiting.stream().anyMatch(Future::isDone));
        assertThat(waiting.stream().filter(Future::isDone).map(BulkheadTest::get))
                .allMatch(Optional::isPresent);
    }

    @Test
    void a_place_is_given_back_once_however_often_its_end_is_told() throws Exception {
        var bulkhead = new Bulkhead(2, 1, Duration.ofMillis(1));
        var place = bulkhead.enter(SHOP).orElseThrow();

        place.end();
        place.end();

        assertThat(taken(bulkhead, SHOP, 5) + taken(bulkhead, CLUB, 5)).isEqualTo(2);
    }

    @Test
    void who_was_refused_holds_nothing() throws Exception {
        var bulkhead = new Bulkhead(4, 1, Duration.ofMillis(1));
        var places = new ArrayList<Passage>();
        for (int i = 0; i < 4; i++) {
            places.add(bulkhead.enter(i < 3 ? SHOP : CLUB).orElseThrow());
        }
        for (int i = 0; i < 20; i++) {
            assertThat(bulkhead.enter(SHOP)).isEmpty();
            assertThat(bulkhead.enter(CLUB)).isEmpty();
        }

        places.forEach(Passage::end);

        assertThat(taken(bulkhead, SHOP, 5) + taken(bulkhead, CLUB, 5)).isEqualTo(4);
    }

    @Test
    void a_thread_that_is_interrupted_waits_no_longer() throws Exception {
        var bulkhead = new Bulkhead(1, 1, PATIENT);
        bulkhead.enter(SHOP);
        var waiting = waiting(bulkhead, SHOP);

        threads.shutdownNow();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void many_threads_never_have_more_places_than_there_are() throws Exception {
        var bulkhead = new Bulkhead(5, 40, PATIENT);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var start = new CountDownLatch(1);

        var work = IntStream.range(0, 40)
                .mapToObj(i -> threads.submit(() -> {
                    start.await();
                    for (int round = 0; round < 50; round++) {
                        var place = bulkhead.enter(i % 2 == 0 ? SHOP : CLUB).orElseThrow();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        place.end();
                    }
                    return true;
                }))
                .toList();
        start.countDown();

        for (var one : work) {
            assertThat(one.get()).isTrue();
        }
        assertThat(most.get()).isBetween(2, 5);
    }

    private static int taken(Bulkhead bulkhead, GigyaSite site, int tries) throws InterruptedException {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bulkhead.enter(site).isPresent() ? 1 : 0;
        }
        return taken;
    }

    private Future<Optional<Passage>> waiting(Bulkhead bulkhead, GigyaSite site) {
        var thread = new Thread[1];
        var result = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            return bulkhead.enter(site);
        });
        await().until(() -> thread[0] != null && thread[0].getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    private static Optional<Passage> get(Future<Optional<Passage>> waiting) {
        try {
            return waiting.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
