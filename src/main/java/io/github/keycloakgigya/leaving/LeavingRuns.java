package io.github.keycloakgigya.leaving;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads of this node in which runs work. */
public final class LeavingRuns implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("gigya-leaving"));

    static ThreadFactory daemons(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void begin(Runnable run) {
        threads.execute(run);
    }

    /** Stops all of them. Other nodes go on, or this one once it has started again. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
