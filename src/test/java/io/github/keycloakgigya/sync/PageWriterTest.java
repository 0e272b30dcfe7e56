package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.sync.bulk.BulkUsers;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageWriterTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(PageWriter.THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void the_parts_of_a_page_are_written_at_the_same_time() throws InterruptedException {
        var together = new CyclicBarrier(2);

        var results = writer(accounts -> {
                    meet(together);
                    return new BulkResult(accounts.size(), 0, 0, 0, List.of());
                })
                .write(accounts(1000));

        assertThat(results).extracting(BulkResult::added).containsExactly(500, 500);
    }

    @Test
    void nothing_is_written_any_more_once_a_part_has_failed() {
        var ended = new AtomicInteger();

        assertThatThrownBy(() -> writer(accounts -> {
                            ended.incrementAndGet();
                            throw new IllegalStateException("the database is gone");
                        })
                        .write(accounts(1000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the database is gone");
        assertThat(ended).hasValue(2);
    }

    @Test
    void a_stop_lets_what_has_begun_come_to_its_end() {
        var ended = new AtomicInteger();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writer(accounts -> {
                            ended.incrementAndGet();
                            return BulkResult.NOTHING;
                        })
                        .write(accounts(600)))
                .isInstanceOf(InterruptedException.class);
        assertThat(ended).hasValue(2);
    }

    private PageWriter writer(Function<List<FoundProfile>, BulkResult> users) {
        return new PageWriter(
                new BulkUsers() {
                    @Override
                    public BulkResult write(List<FoundProfile> accounts) {
                        return users.apply(accounts);
                    }

                    @Override
                    public void disable(List<InactiveAccount> accounts) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public BulkResult preview(List<FoundProfile> accounts) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<KnownUser> after(String id, int most) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public long count() {
                        throw new UnsupportedOperationException();
                    }
                },
                threads);
    }

    private static List<FoundProfile> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new ImportedProfile(
                        new Uid("uid" + number), "name" + number, Optional.empty(), false, Map.of()))
                .map(profile -> new FoundProfile(
                        profile, FakeAddresses.havingVerified(), true, Optional.empty(), Instant.EPOCH))
                .toList();
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (Exception apart) {
            throw new IllegalStateException("the other part was not written at the same time", apart);
        }
    }
}
