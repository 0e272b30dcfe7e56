package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.sync.Workplace;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of this node in which runs work. */
public final class LeavingRuns implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(Workplace.daemons("gigya-leaving"));

    void begin(Runnable run) {
        threads.execute(run);
    }

    /** Stops all of them. Other nodes go on, or this one once it has started again. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
