package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.client.Deadlines;
import io.github.keycloakgigya.monitoring.SessionMeters;
import io.github.keycloakgigya.monitoring.SessionMeters.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.BufferedHttpEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.jboss.logging.Logger;

/**
 * Tells clients of sessions that ended, in the background, so that nobody waits for a client: neither a sync nor a
 * sign-in. Each server gets its messages through a lane of its own, and a server that does not answer is left alone for a
 * while: it holds up no other. Nothing is sent twice; what the sessions were worth does not depend on it.
 *
 * <p>One for each node. Safe for use by several threads.
 */
public final class LogoutMessages implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LogoutMessages.class);

    // What all take together, a few kilobytes each. Keycloak's logout tokens are valid for two minutes.
    private static final int MOST_WAITING = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(100);

    private static final int THREADS = 16;
    private static final int AT_ONCE_EACH_SERVER = 4;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(4);

    private static final int FAILURES_IN_A_ROW = 3;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    private final SessionMeters meters;
    private final ThreadPoolExecutor threads;
    private final Deadlines deadlines = new Deadlines();
    private final Map<String, Lane> lanes = new HashMap<>(); // guarded by this
    private int waiting; // guarded by this

    /** The messages to one server. Guarded by the messages to all. */
    private static final class Lane {

        private final Queue<Waiting> queue = new ArrayDeque<>();
        private int running;
        private int failures;
        private long leftAloneUntil = System.nanoTime();

        boolean isLeftAlone() {
            return System.nanoTime() - leftAloneUntil < 0;
        }
    }

    private record Waiting(LogoutMessage message, CloseableHttpClient http, long since) {

        boolean isTooOld() {
            return System.nanoTime() - since > LONGEST_WAIT.toNanos();
        }
    }

    public LogoutMessages(SessionMeters meters) {
        this.meters = meters;
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, "gigya-logout");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Sends messages soon. Never fails: what can't be sent is counted.
     *
     * @param http the server's client, which stays open as long as the server runs
     */
    public synchronized void send(List<LogoutMessage> messages, CloseableHttpClient http) {
        var dropped = 0;
        for (var message : messages) {
            var lane = lanes.computeIfAbsent(message.server(), server -> new Lane());
            if (lane.isLeftAlone() || waiting >= MOST_WAITING) {
                dropped++;
            } else {
                lane.queue.add(new Waiting(message, http, System.nanoTime()));
                waiting++;
                work(lane);
            }
        }
        drop(dropped);
        forgetIdle();
    }

    private void work(Lane lane) {
        if (lane.running < AT_ONCE_EACH_SERVER && !lane.queue.isEmpty()) {
            try {
                threads.execute(() -> sendNext(lane));
                lane.running++;
            } catch (RejectedExecutionException shuttingDown) {
                LOG.debug("The server shuts down, and clients are not told of sessions that ended");
            }
        }
    }

    // One message, and to the end of the line: a server with many messages does not keep those of others waiting.
    private void sendNext(Lane lane) {
        var next = next(lane);
        if (next == null) {
            return;
        }
        var outcome = next.isTooOld() ? Message.DROPPED : send(next);
        meters.messages(outcome, 1);
        done(lane, outcome);
    }

    private synchronized Waiting next(Lane lane) {
        var next = lane.queue.poll();
        if (next == null) {
            lane.running--;
        } else {
            waiting--;
        }
        return next;
    }

    private synchronized void done(Lane lane, Message outcome) {
        lane.running--;
        if (outcome == Message.FAILED) {
            lane.failures++;
            if (lane.failures >= FAILURES_IN_A_ROW) {
                lane.failures = 0;
                lane.leftAloneUntil = System.nanoTime() + LEFT_ALONE.toNanos();
                waiting -= lane.queue.size();
                drop(lane.queue.size());
                lane.queue.clear();
            }
        } else if (outcome != Message.DROPPED) {
            lane.failures = 0;
        }
        work(lane);
    }

    private Message send(Waiting next) {
        var post = new HttpPost(next.message().address());
        post.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout((int) TOTAL.toMillis())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSocketTimeout((int) TOTAL.toMillis())
                .setRedirectsEnabled(false)
                .build());
        post.setEntity(next.message().content());
        try {
            var abort = deadlines.after(TOTAL, post::abort);
            try (var response = next.http().execute(post)) {
                // So that the connection serves the next message.
                EntityUtils.consumeQuietly(response.getEntity());
                int status = response.getStatusLine().getStatusCode();
                return status >= 200 && status < 300 ? Message.DELIVERED : Message.REFUSED;
            } finally {
                abort.cancel(false);
            }
        } catch (IOException | RuntimeException unreachable) {
            // Its text names the client's server, and may quote what that sent.
            LOG.debugf(
                    "A client could not be told of a session that ended: %s",
                    unreachable.getClass().getSimpleName());
            return Message.FAILED;
        }
    }

    private void drop(int messages) {
        if (messages > 0) {
            meters.messages(Message.DROPPED, messages);
            LOG.warnf(
                    "%d messages to clients about sessions that ended were not sent: too many wait, or the client did not"
                            + " answer a moment ago",
                    messages);
        }
    }

    private void forgetIdle() {
        lanes.values().removeIf(lane -> lane.running == 0 && lane.queue.isEmpty() && !lane.isLeftAlone());
    }

    /** Ends all threads. */
    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.close();
    }

    /**
     * What a client is told about a session that ended, as Keycloak's logout would post it.
     *
     * @param address of the client
     * @param content which can be sent at any time
     */
    public record LogoutMessage(URI address, HttpEntity content) {

        /** {@return the message of a request that is about to be sent, with its content read} */
        public static LogoutMessage of(HttpPost request) {
            try {
                return new LogoutMessage(request.getURI(), new BufferedHttpEntity(request.getEntity()));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        /** {@return whom it goes to, with all other messages to the same server} */
        String server() {
            return address.getScheme() + "://" + address.getAuthority();
        }

        /** Leaves everything out: the content is a signed token about a person. */
        @Override
        public String toString() {
            return "LogoutMessage[]";
        }
    }
}
