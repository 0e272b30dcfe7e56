package io.github.keycloakgigya.api.client;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.client.methods.HttpUriRequest;

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
    public Future<?> after(Duration remaining, Runnable abort) {
        return scheduler.schedule(abort, remaining.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread. Requests made later fail. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** The moment at which a client's calls end, whatever happens; it is set by the first call. */
    static final class Deadline {

        private final Duration total;
        private final AtomicReference<OptionalLong> endNanos = new AtomicReference<>(OptionalLong.empty());

        Deadline(Duration total) {
            this.total = total;
        }

        /** {@return the time that is left, zero or below where there is none} The first call starts the clock. */
        Duration remaining() {
            long now = System.nanoTime();
            var end =
                    endNanos.updateAndGet(known -> known.isPresent() ? known : OptionalLong.of(now + total.toNanos()));
            return Duration.ofNanos(end.getAsLong() - now);
        }

        /** {@return whether less than a millisecond is left} */
        boolean isOver() {
            return remaining().toMillis() < 1;
        }

        /** {@return the part of a limit that still fits, in milliseconds and at least one: Apache takes 0 as "forever"} */
        int shorten(Duration limit) {
            return (int) Math.max(1, Math.min(limit.toMillis(), remaining().toMillis()));
        }
    }

    /** Aborts one request: at the deadline of all calls, or earlier where the next step of the request takes too long. */
    static final class Alarm implements AutoCloseable {

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

    /**
     * How long calls may take, and how much an answer may hold.
     *
     * @param connect for getting a connection from the pool, and for opening one; at least a millisecond
     * @param read for the wait for an answer once the request is sent, and again for reading it; at least a millisecond
     * @param total for all calls made through one {@link GigyaClient}, counted from the first; at least a millisecond
     * @param maxAnswerBytes the largest answer that is read, in bytes after decompression; at most 256 MiB
     */
    public record CallLimits(Duration connect, Duration read, Duration total, int maxAnswerBytes) {

        private static final int LARGEST_ANSWER = 1 << 28;

        public CallLimits {
            requirePositive(connect, "connect");
            requirePositive(read, "read");
            requirePositive(total, "total");
            if (maxAnswerBytes < 1 || maxAnswerBytes > LARGEST_ANSWER) {
                throw new IllegalArgumentException("maxAnswerBytes is between 1 and " + LARGEST_ANSWER);
            }
        }

        private static void requirePositive(Duration duration, String name) {
            if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(name + " is between 1 and " + Integer.MAX_VALUE + " milliseconds");
            }
        }
    }
}
