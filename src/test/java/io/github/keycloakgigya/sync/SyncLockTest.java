package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

class SyncLockTest {

    private static final ClusterView OF_OWNER = new ClusterView("owner", Set.of("owner", "other"));
    private static final ClusterView OF_OTHER = new ClusterView("other", Set.of("owner", "other"));
    private static final ClusterView WITHOUT_OWNER = new ClusterView("other", Set.of("other"));

    private final VirtualTime time = new VirtualTime();
    private final KeycloakSessionFactory sessions = mock(KeycloakSessionFactory.class);
    private final SyncStates states = new SyncStates(sessions, SyncStates.Work.SYNC, "realm", "component");
    private volatile String stored = SyncState.NEW.text();
    private final AtomicInteger tries = new AtomicInteger();
    private volatile boolean unreachable;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void set_up_the_database() {
        var database = mock(ServerConfigStorageProvider.class);
        var session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        when(sessions.create()).thenReturn(session);
        doReturn(database).when(session).getProvider(ServerConfigStorageProvider.class);
        when(database.replace(anyString(), any(Predicate.class), any(Supplier.class)))
                .thenAnswer(call -> {
                    tries.incrementAndGet();
                    if (unreachable) {
                        throw new IllegalStateException("no connection");
                    }
                    if (!call.<Predicate<String>>getArgument(1).test(stored)) {
                        return false;
                    }
                    stored = call.<Supplier<String>>getArgument(2).get();
                    return true;
                });
    }

    @Test
    void one_at_a_time_has_it() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();

        assertThat(SyncLock.take(states, time, OF_OTHER)).isEmpty();
        lock.close();
        assertThat(SyncLock.take(states, time, OF_OTHER)).isPresent();
    }

    @Test
    void a_node_that_left_the_cluster_but_shows_signs_of_life_keeps_it() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        for (var passed = Duration.ZERO;
                passed.compareTo(Duration.ofMinutes(2)) < 0;
                passed = passed.plus(SyncLock.RENEWAL)) {
            time.pass(SyncLock.RENEWAL);
            lock.renew();

            assertThat(SyncLock.take(states, time, WITHOUT_OWNER)).isEmpty();
        }
        assertThatCode(lock::require).doesNotThrowAnyException();
    }

    @Test
    void a_node_that_left_the_cluster_and_shows_no_sign_of_life_loses_it_within_20_seconds() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        time.pass(Duration.ofSeconds(19));
        assertThat(SyncLock.take(states, time, WITHOUT_OWNER)).isEmpty();
        time.pass(Duration.ofSeconds(1));

        assertThat(SyncLock.take(states, time, OF_OTHER)).isEmpty();
        assertThat(SyncLock.take(states, time, WITHOUT_OWNER)).isPresent();
        // It comes to itself, and asks before it writes.
        assertThatThrownBy(lock::require).isInstanceOf(LockLostException.class);
    }

    @Test
    void who_stood_still_for_a_while_and_lost_nothing_goes_on() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        time.pass(Duration.ofSeconds(50));

        assertThatCode(lock::require).doesNotThrowAnyException();
        assertThat(SyncLock.take(states, time, WITHOUT_OWNER)).isEmpty();
    }

    @Test
    void without_a_database_it_is_trusted_for_a_while() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        unreachable = true;
        time.pass(Duration.ofSeconds(44));
        assertThatCode(lock::require).doesNotThrowAnyException();
        time.pass(Duration.ofSeconds(1));

        assertThatThrownBy(lock::require).isInstanceOf(LockLostException.class);
    }

    @Test
    void who_lost_it_does_not_write_nor_take_it_back_nor_release_it() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        stored = SyncState.NEW.ownedBy("another sync", "other", time.instant()).text();

        lock.renew();
        assertThatThrownBy(lock::require).isInstanceOf(LockLostException.class);
        lock.close();
        assertThat(SyncState.parse(stored).isOwnedBy("another sync")).isTrue();
    }

    @Test
    void a_federation_that_was_removed_meanwhile_ends_it() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        stored = SyncState.NEW.text();

        lock.store("site", time.instant());

        assertThatThrownBy(lock::require).isInstanceOf(LockLostException.class);
        assertThat(SyncState.parse(stored).watermarkOf("site")).isEmpty();
    }

    @Test
    void how_far_a_sync_came_is_known_to_the_next_one_of_the_same_site() {
        var first = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        first.store("site", time.instant());
        assertThatCode(first::require).doesNotThrowAnyException();
        first.close();

        var next = SyncLock.take(states, time, OF_OTHER).orElseThrow();
        assertThat(next.watermarkOf("site")).contains(time.instant());
        assertThat(next.watermarkOf("another site")).isEmpty();
    }

    @Test
    void a_database_that_is_gone_when_the_sync_ends_does_not_make_it_fail() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        unreachable = true;

        assertThatCode(lock::renew).doesNotThrowAnyException();
        assertThatCode(lock::close).doesNotThrowAnyException();
    }

    @Test
    void a_database_that_was_away_when_the_sync_ended_lets_the_next_one_begin_as_soon_as_it_answers() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        unreachable = true;
        lock.close();
        assertThat(SyncState.parse(stored).isOwnedAt(time.instant(), OF_OTHER)).isTrue();
        unreachable = false;

        await().atMost(Duration.ofSeconds(10))
                .until(() -> !SyncState.parse(stored).isOwnedAt(time.instant(), OF_OTHER));
        assertThat(SyncLock.take(states, time, OF_OTHER)).isPresent();
    }

    @Test
    void a_release_that_comes_late_does_not_touch_the_lock_of_another_sync() {
        var lock = SyncLock.take(states, time, OF_OWNER).orElseThrow();
        unreachable = true;
        lock.close();
        var triesBefore = tries.get();
        stored = SyncState.NEW.ownedBy("another sync", "other", time.instant()).text();
        unreachable = false;

        await().atMost(Duration.ofSeconds(10)).until(() -> tries.get() > triesBefore);
        assertThat(SyncState.parse(stored).isOwnedBy("another sync")).isTrue();
    }
}
