package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.token.GigyaTokenVerifier.SigningKeys;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Many threads that need keys at once. */
class SigningKeyCacheThreadsTest {

    private static final GigyaKey OLD = GigyaKey.of("old");
    private static final GigyaKey NEW = GigyaKey.of("new");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SigningKeyCache cache = new SigningKeyCache(clock, CallObserver.NONE);
    private final KeyServer gigya = KeyServer.publishing(OLD);
    private final SigningKeys keys = cache.keysOf(gigya, CallGate.OPEN);

    private boolean knows(GigyaKey key, TokenOrigin origin) throws GigyaException {
        return keys.find(key.id(), origin).isPresent();
    }

    private boolean knows(String keyId, TokenOrigin origin) throws GigyaException {
        return keys.find(keyId, origin).isPresent();
    }

    @Test
    void fifty_threads_wait_for_one_fetch() throws Exception {
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(OLD.jwk());
        });

        var lookUps = startThreads(50, OLD.id(), TokenOrigin.BROWSER);
        awaitAllWaiting(lookUps);
        release.countDown();

        for (var lookUp : lookUps) {
            assertThat(lookUp.task().get()).isTrue();
        }
        assertThat(gigya.calls()).isEqualTo(1);
    }

    @Test
    void fifty_threads_that_wait_for_a_failing_fetch_make_one_more_call_and_fail_too() throws Exception {
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            throw GigyaException.unavailable("down");
        });

        var lookUps = startThreads(50, OLD.id(), TokenOrigin.GIGYA);
        awaitAllWaiting(lookUps);
        release.countDown();

        for (var lookUp : lookUps) {
            assertThat(lookUp.task())
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(GigyaException.class);
        }
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void who_may_not_wait_neither_waits_nor_fetches_and_known_keys_need_no_leave() throws Exception {
        var busy = cache.keysOf(gigya, method -> {
            throw GigyaException.unavailable("busy");
        });
        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> busy.find(OLD.id(), TokenOrigin.BROWSER))
                .withMessage("busy");
        assertThat(gigya.calls()).isZero();

        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        assertThat(busy.find(OLD.id(), TokenOrigin.BROWSER)).isPresent();
    }

    @Test
    void a_fetch_that_began_before_a_rotation_is_not_the_last_word_on_the_new_key() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(OLD.jwk());
        });
        var browser = startThreads(1, "made-up", TokenOrigin.BROWSER);
        await().until(() -> gigya.calls() == 2);
        var signIn = startThreads(1, NEW.id(), TokenOrigin.GIGYA);
        awaitAllWaiting(signIn);
        gigya.publish(NEW);
        release.countDown();

        assertThat(signIn.get(0).task().get()).isTrue();
        assertThat(browser.get(0).task().get()).isFalse();
        assertThat(gigya.calls()).isEqualTo(3);
    }

    @Test
    void old_keys_are_used_without_waiting_while_another_thread_refreshes_them() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        clock.advance(Duration.ofHours(25));
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(NEW.jwk());
        });
        var refreshing = startThreads(1, OLD.id(), TokenOrigin.GIGYA);
        await().until(() -> gigya.calls() == 2);

        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();

        release.countDown();
        assertThat(refreshing.get(0).task().get()).isFalse();
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void old_keys_are_used_without_waiting_while_another_thread_asks_for_an_unknown_one() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        clock.advance(Duration.ofHours(25));
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(OLD.jwk());
        });
        var asking = startThreads(1, "made-up", TokenOrigin.BROWSER);
        await().until(() -> gigya.calls() == 2);

        assertThat(startThreads(1, OLD.id(), TokenOrigin.GIGYA).get(0).task())
                .succeedsWithin(Duration.ofSeconds(1))
                .isEqualTo(true);

        release.countDown();
        assertThat(asking.get(0).task().get()).isFalse();
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void nobody_waits_longer_than_two_seconds_for_the_fetch_of_another() throws Exception {
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(OLD.jwk());
        });
        var first = startThreads(1, OLD.id(), TokenOrigin.GIGYA);
        await().until(() -> gigya.calls() == 1);

        long start = System.nanoTime();
        assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(OLD, TokenOrigin.GIGYA));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_900));

        release.countDown();
        assertThat(first.get(0).task().get()).isTrue();
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_not_swallowed() throws Exception {
        var release = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(release);
            return List.of(OLD.jwk());
        });
        var first = startThreads(1, OLD.id(), TokenOrigin.GIGYA);
        await().until(() -> gigya.calls() == 1);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(OLD, TokenOrigin.GIGYA));
        assertThat(Thread.interrupted()).isTrue();

        release.countDown();
        assertThat(first.get(0).task().get()).isTrue();
    }

    @Test
    void a_fetch_that_breaks_off_with_an_error_leaves_nobody_waiting() throws Exception {
        gigya.answer(() -> {
            throw new IllegalStateException("bug");
        });
        assertThat(startThreads(1, OLD.id(), TokenOrigin.GIGYA).get(0).task())
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
        gigya.publish(OLD);

        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
    }

    @Test
    void who_finds_a_second_fetch_under_way_after_a_first_waits_for_that_one_too() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        var waiting = twoThatWaitForTheFetchAfter(() -> List.of(NEW.jwk()));

        for (var lookUp : waiting) {
            assertThat(lookUp.task().get()).isTrue();
        }
        assertThat(gigya.calls()).isEqualTo(3);
    }

    @Test
    void where_the_second_fetch_fails_no_key_is_called_unknown() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        var waiting = twoThatWaitForTheFetchAfter(() -> {
            throw GigyaException.unavailable("down");
        });

        for (var lookUp : waiting) {
            assertThat(lookUp.task())
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(GigyaException.class);
        }
    }

    /** Lets two wait for a fetch that brings nothing new, and then for the next, which has this answer. */
    private List<LookUp> twoThatWaitForTheFetchAfter(KeyServer.Answer next) {
        var first = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(first);
            return List.of(OLD.jwk());
        });
        startThreads(1, "made-up", TokenOrigin.BROWSER);
        await().until(() -> gigya.calls() == 2);
        var waiting = startThreads(2, NEW.id(), TokenOrigin.GIGYA);
        awaitAllWaiting(waiting);
        var second = new CountDownLatch(1);
        gigya.answer(() -> {
            awaitQuietly(second);
            return next.keys();
        });
        first.countDown();
        await().until(() -> gigya.calls() == 3);
        awaitAllWaiting(waiting);
        second.countDown();
        return waiting;
    }

    private record LookUp(Thread thread, FutureTask<Boolean> task) {}

    private List<LookUp> startThreads(int count, String keyId, TokenOrigin origin) {
        var lookUps = new ArrayList<LookUp>();
        for (int i = 0; i < count; i++) {
            var task = new FutureTask<>(() -> knows(keyId, origin));
            var thread = new Thread(task, "look-up-" + i);
            thread.setDaemon(true);
            thread.start();
            lookUps.add(new LookUp(thread, task));
        }
        return lookUps;
    }

    private static void awaitAllWaiting(List<LookUp> lookUps) {
        await().until(() -> lookUps.stream()
                .map(lookUp -> lookUp.thread().getState())
                .allMatch(state -> state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
