package io.github.keycloakgigya.sync;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that work under a lock needs besides its own: one shows that it is alive, the others are for the work. */
public final class Workplace implements AutoCloseable {

    private final ScheduledExecutorService threads;

    /**
     * Begins to renew a lock.
     *
     * @param name of the threads
     * @param others how many threads the work needs
     * @param sign given from time to time, besides that the lock is renewed
     */
    public Workplace(SyncLock lock, String name, int others, Runnable sign) {
        var interval = SyncLock.RENEWAL.toMillis();
        threads = new ScheduledThreadPoolExecutor(others + 1, daemons(name));
        threads.scheduleWithFixedDelay(
                () -> {
                    lock.renew();
                    sign.run();
                },
                interval,
                interval,
                TimeUnit.MILLISECONDS);
    }

    /** {@return what makes threads that keep no server from stopping} */
    public static ThreadFactory daemons(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@return the threads of the work} */
    public ScheduledExecutorService threads() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
