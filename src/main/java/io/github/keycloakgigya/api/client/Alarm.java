package io.github.keycloakgigya.api.client;

import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.http.client.methods.HttpUriRequest;

/** Aborts one request: at the deadline of all calls, or earlier where the next step of the request takes too long. */
final class Alarm implements AutoCloseable {

    private final Deadlines watchdog;
    private final Deadline deadline;
    private final HttpUriRequest request;
    private volatile Future<?> abort;
    private volatile boolean rung;

    /** Sets the alarm for the deadline; see {@link Deadlines#after} for what that throws. */
    Alarm(Deadlines watchdog, Deadline deadline, HttpUriRequest request) {
        this.watchdog = watchdog;
        this.deadline = deadline;
        this.request = request;
        this.abort = watchdog.after(deadline.remaining(), this::ring);
    }

    /** Sets the alarm anew, unless it has rung. The deadline stays. */
    void in(Duration wait) {
        if (abort.cancel(false)) {
            var remaining = deadline.remaining();
            abort = watchdog.after(wait.compareTo(remaining) < 0 ? wait : remaining, this::ring);
        }
    }

    /** {@return whether the request was aborted} */
    boolean hasRung() {
        return rung;
    }

    private void ring() {
        // Before the abort: the reader may wake from it, and ask, while it is still on its way.
        rung = true;
        request.abort();
    }

    @Override
    public void close() {
        abort.cancel(false);
    }
}
