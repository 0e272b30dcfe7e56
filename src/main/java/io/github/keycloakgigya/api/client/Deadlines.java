package io.github.keycloakgigya.api.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Aborts requests that are not done in time. Apache's time-out counts from the last byte that came in, so a server
 * that sends a byte now and then would hold a thread for ever; and after it, closing waits for as long again.
 *
 * <p>One for each node, with one daemon thread. Safe for use by several threads.
 */
public final class Deadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor scheduler;

    /** Starts without a thread; the first request brings it. */
    public Deadlines() {
        scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "gigya-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
    }

    /**
     * {@return what the caller cancels once the request is done}
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close()}
     */
    Future<?> after(Duration remaining, Runnable abort) {
        return scheduler.schedule(abort, remaining.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread. Requests made later fail. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
