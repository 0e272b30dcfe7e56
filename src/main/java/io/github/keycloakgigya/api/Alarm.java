package io.github.keycloakgigya.api;

import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.http.client.methods.HttpUriRequest;

/** Aborts one request: at the deadline of all calls, or earlier where the next step of the request takes too long. */
final class Alarm implements AutoCloseable {

    private final Deadlines watchdog;
    private final Deadline deadline;
    private final HttpUriRequest request;
    private volatile Future<?> abort;

    /** Sets the alarm for the deadline; see {@link Deadlines#abortAfter} for what that throws. */
    Alarm(Deadlines watchdog, Deadline deadline, HttpUriRequest request) {
        this.watchdog = watchdog;
        this.deadline = deadline;
        this.request = request;
        this.abort = watchdog.abortAfter(deadline.remaining(), request);
    }

    /** Sets the alarm anew, unless it has rung. The deadline stays. */
    void in(Duration wait) {
        if (abort.cancel(false)) {
            var remaining = deadline.remaining();
            abort = watchdog.abortAfter(wait.compareTo(remaining) < 0 ? wait : remaining, request);
        }
    }

    /** {@return whether the request was aborted} */
    boolean hasRung() {
        return abort.isDone() && !abort.isCancelled();
    }

    @Override
    public void close() {
        abort.cancel(false);
    }
}
