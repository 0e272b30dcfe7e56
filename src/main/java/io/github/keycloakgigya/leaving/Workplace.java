package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.sync.SyncLock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that a run or a preview needs besides its own: one shows that it is alive, the others ask for accounts. */
final class Workplace implements AutoCloseable {

    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(AccountPages.CALLERS + 1, LeavingRuns.daemons("gigya-leaving-calls"));

    /** @param sign given from time to time, besides that the lock is renewed */
    Workplace(SyncLock lock, Runnable sign) {
        var interval = SyncLock.RENEWAL.toMillis();
        threads.scheduleWithFixedDelay(
                () -> {
                    lock.renew();
                    sign.run();
                },
                interval,
                interval,
                TimeUnit.MILLISECONDS);
    }

    ExecutorService callers() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
