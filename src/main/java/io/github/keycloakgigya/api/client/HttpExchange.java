package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.NameValuePair;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URLEncodedUtils;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.ConnectionShutdownException;
import org.apache.http.message.BasicNameValuePair;

/** One attempt at a request: sends a form, reads the answer within size and time, and follows nothing. */
final class HttpExchange {

    private static final ContentType FORM = ContentType.APPLICATION_FORM_URLENCODED.withCharset(StandardCharsets.UTF_8);

    // A read that times out by itself costs twice its time: Java then waits for the silent server once more, to close
    // the TLS connection (SSLSocketInputRecord.deplete). An abort by the alarm, from another thread, does not wait.
    private static final Duration AFTER_ALARM = Duration.ofMillis(200);

    // A chain of exceptions can be a circle.
    private static final int MOST_KINDS = 8;

    private final CloseableHttpClient http;
    private final Deadlines watchdog;
    private final CallLimits limits;
    private final Deadlines.Deadline deadline;

    HttpExchange(CloseableHttpClient http, Deadlines watchdog, CallLimits limits) {
        this.http = http;
        this.watchdog = watchdog;
        this.limits = limits;
        this.deadline = new Deadlines.Deadline(limits.total());
    }

    /**
     * {@return the answer, whatever its status}
     *
     * @throws IOException what {@link #failure} makes a failure of
     * @throws GigyaException where nothing was sent: the time is over, the thread is interrupted, the server shuts down
     */
    Reply send(ApiMethod method, FormRequest request) throws IOException, GigyaException {
        if (Thread.currentThread().isInterrupted()) {
            throw GigyaException.unavailable(method.fullName() + " was not called: the thread is interrupted");
        }
        if (deadline.isOver()) {
            throw late(method);
        }
        var post = new HttpPost(request.url());
        try (var alarm = new Deadlines.Alarm(watchdog, deadline, post)) {
            fill(post, request, new SentEntity(entity(request, method.isRepeatable()), () -> alarm.in(limits.read())));
            return reply(post, alarm);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Apache's pool and the watchdog throw them once they are closed.
            throw shuttingDown(method);
        }
    }

    private Reply reply(HttpPost post, Deadlines.Alarm alarm) throws IOException {
        var context = HttpClientContext.create();
        try (var response = http.execute(post, context)) {
            alarm.in(limits.read());
            return Reply.of(response, body(response, () -> drop(post, context)));
        } catch (IOException e) {
            throw alarm.hasRung() ? new SocketTimeoutException() : e;
        }
    }

    /** Closes a connection in the midst of an answer, without waiting for the server to agree. */
    private static void drop(HttpPost post, HttpClientContext context) {
        try {
            context.getConnection().setSocketTimeout(1);
        } catch (ConnectionShutdownException droppedAlready) {
            return;
        }
        post.abort();
    }

    private static GigyaException shuttingDown(ApiMethod method) {
        return GigyaException.unavailable(method.fullName() + " was not called: the server shuts down");
    }

    private void fill(HttpPost post, FormRequest request, HttpEntity entity) {
        post.setConfig(config());
        post.setEntity(entity);
        request.bearerToken().ifPresent(token -> post.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
    }

    private RequestConfig config() {
        return defaults()
                .setConnectionRequestTimeout(deadline.shorten(limits.connect()))
                .setConnectTimeout(deadline.shorten(limits.connect()))
                .setSocketTimeout((int) deadline.remaining().plus(AFTER_ALARM).toMillis())
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(false)
                // A login's session cookie would otherwise go out with the next person's call.
                .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                .build();
    }

    private RequestConfig.Builder defaults() {
        return http instanceof Configurable configurable && configurable.getConfig() != null
                ? RequestConfig.copy(configurable.getConfig())
                : RequestConfig.custom();
    }

    private static HttpEntity entity(FormRequest request, boolean repeatable) {
        var pairs = request.parameters().entrySet().stream()
                .map(parameter -> (NameValuePair) new BasicNameValuePair(parameter.getKey(), parameter.getValue()))
                .toList();
        var bytes = URLEncodedUtils.format(pairs, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII);
        // Keycloak's option "max-retries" makes the client send a POST again, unless its entity can't be.
        return repeatable
                ? new ByteArrayEntity(bytes, FORM)
                : new InputStreamEntity(new ByteArrayInputStream(bytes), bytes.length, FORM);
    }

    private byte[] body(HttpResponse response, Runnable drop) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try {
            return bounded(entity.getContent());
        } catch (IOException e) {
            // Before the response is closed, which would be polite to a server that may not answer.
            drop.run();
            throw e;
        }
    }

    private byte[] bounded(InputStream content) throws IOException {
        var bytes = content.readNBytes(limits.maxAnswerBytes() + 1);
        if (bytes.length > limits.maxAnswerBytes()) {
            throw new AnswerTooLargeException(limits.maxAnswerBytes());
        }
        return bytes;
    }

    /** {@return whether a pooled connection was closed by the server before it took the request} */
    boolean isStale(IOException failure) {
        return failure instanceof NoHttpResponseException && !deadline.isOver();
    }

    /** {@return what an attempt's exception means to the caller} */
    GigyaException failure(ApiMethod method, IOException cause) {
        if (cause.getClass() == InterruptedIOException.class) {
            Thread.currentThread().interrupt();
        }
        if (deadline.isOver()) {
            return late(method);
        }
        var message = method.fullName() + " had no answer (" + kinds(cause) + ")";
        return cause instanceof AnswerTooLargeException
                ? GigyaException.tooLarge(message)
                : GigyaException.unavailable(message);
    }

    // Their messages are not told: they quote what a server sent, its certificate's names say, or where a request went.
    private static String kinds(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .limit(MOST_KINDS)
                .map(kind -> kind.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private GigyaException late(ApiMethod method) {
        return GigyaException.unavailable(method.fullName() + " was not answered in time, which is "
                + limits.total().toMillis() + " ms for all calls together");
    }

    /** The body of a request, which tells when it was written: from then on it is the server that is waited for. */
    private static final class SentEntity extends HttpEntityWrapper {

        private final Runnable written;

        SentEntity(HttpEntity entity, Runnable written) {
            super(entity);
            this.written = written;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            super.writeTo(out);
            written.run();
        }
    }

    /** An answer held more bytes than {@link CallLimits#maxAnswerBytes()}. */
    static final class AnswerTooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        AnswerTooLargeException(int maxAnswerBytes) {
            super("an answer held more than " + maxAnswerBytes + " bytes");
        }
    }
}
