package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.token.FetchBudgets;
import io.github.keycloakgigya.token.LatestUsed;
import io.github.keycloakgigya.webhook.HookStatus.HookLog;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What one node spends on messages of webhooks, and what it has received. Safe for use by many threads. */
final class HookNode {

    /** How many accounts of one message are read at once; over all messages, the connector sees to that. */
    static final int LANES = 4;

    // For each federation: as many accounts as two of the largest messages name, and then 25 a second, which is about
    // what four at once come to. What is left of a site's rate limit is for people who sign in.
    private static final int MOST_READS = 1_000;
    private static final Duration READ_INTERVAL = Duration.ofMillis(40);

    // For a megabyte. It holds the message's seat all the while, unless another message wants it.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Clock clock;
    private final LatestUsed<String, HookLog> logs = new LatestUsed<>(HookLog::new);
    private final MessageSeats seats;
    private final FetchBudgets<String> reads;
    private final FetchBudgets<String> warnings;
    private final FetchBudgets<String> conflicts;
    private final ExecutorService threads;

    HookNode(Clock clock) {
        this(clock, pool(), PATIENCE);
    }

    /**
     * @param threads read accounts
     * @param patience how long a body may take to arrive
     */
    HookNode(Clock clock, ExecutorService threads, Duration patience) {
        this.clock = clock;
        this.seats = new MessageSeats(clock, patience);
        this.reads = new FetchBudgets<>(MOST_READS, READ_INTERVAL, clock);
        this.warnings = new FetchBudgets<>(1, WARNING_INTERVAL, clock);
        this.conflicts = new FetchBudgets<>(1, WARNING_INTERVAL, clock);
        this.threads = threads;
    }

    private static ExecutorService pool() {
        return new ThreadPoolExecutor(
                0, MessageSeats.MOST * LANES, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    var thread = new Thread(work, "gigya-events");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    Clock clock() {
        return clock;
    }

    HookLog log(String componentId) {
        return logs.of(componentId);
    }

    /** {@return which messages are worked on} */
    MessageSeats seats() {
        return seats;
    }

    /** {@return whether one more account of the federation may be read now} */
    boolean mayRead(String componentId) {
        return reads.take(componentId);
    }

    /** {@return whether the log may be told once more of what anybody can bring about} */
    boolean mayWarn(String componentId) {
        return warnings.take(componentId);
    }

    /**
     * {@return whether the log may be told of one more account of the federation that is another user's} Its owner brings
     * that about by each save of the profile, so that it must not use up what tells of trouble.
     */
    boolean mayWarnOfConflict(String componentId) {
        return conflicts.take(componentId);
    }

    ExecutorService threads() {
        return threads;
    }

    void close() {
        threads.shutdownNow();
    }
}
