package io.github.keycloakgigya.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.NameValuePair;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.utils.URLEncodedUtils;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicNameValuePair;

/** One attempt at a request: sends a form, reads the answer within size and time, and follows nothing. */
final class HttpExchange {

    private static final ContentType FORM = ContentType.APPLICATION_FORM_URLENCODED.withCharset(StandardCharsets.UTF_8);

    private final CloseableHttpClient http;
    private final Deadlines watchdog;
    private final CallLimits limits;
    private final Deadline deadline;

    HttpExchange(CloseableHttpClient http, Deadlines watchdog, CallLimits limits) {
        this.http = http;
        this.watchdog = watchdog;
        this.limits = limits;
        this.deadline = new Deadline(limits.total());
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
        var post = post(request, method.isRepeatable());
        var abort = abortAtDeadline(method, post);
        try (var response = http.execute(post)) {
            return Reply.of(response, body(response));
        } catch (IllegalStateException e) {
            // Apache's pool throws it once it is closed.
            throw shuttingDown(method);
        } finally {
            abort.cancel(false);
        }
    }

    private Future<?> abortAtDeadline(ApiMethod method, HttpPost post) throws GigyaException {
        try {
            return watchdog.abortAfter(deadline.remaining(), post);
        } catch (RejectedExecutionException e) {
            throw shuttingDown(method);
        }
    }

    private static GigyaException shuttingDown(ApiMethod method) {
        return GigyaException.unavailable(method.fullName() + " was not called: the server shuts down");
    }

    private HttpPost post(FormRequest request, boolean repeatable) {
        var post = new HttpPost(request.url());
        post.setConfig(config());
        post.setEntity(entity(request, repeatable));
        request.bearerToken().ifPresent(token -> post.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        return post;
    }

    private RequestConfig config() {
        return defaults()
                .setConnectionRequestTimeout(deadline.shorten(limits.connect()))
                .setConnectTimeout(deadline.shorten(limits.connect()))
                .setSocketTimeout(deadline.shorten(limits.read()))
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

    private byte[] body(HttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        var bytes = entity.getContent().readNBytes(limits.maxAnswerBytes() + 1);
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
        var message = method.fullName() + " had no answer (" + cause.getClass().getSimpleName() + ")";
        return isHarmless(cause) ? GigyaException.unavailable(message, cause) : GigyaException.unavailable(message);
    }

    private GigyaException late(ApiMethod method) {
        return GigyaException.unavailable(method.fullName() + " was not answered in time, which is "
                + limits.total().toMillis() + " ms for all calls together");
    }

    /** {@return whether an exception's message is Java's or Apache's own, and quotes nothing that a server sent} */
    private static boolean isHarmless(IOException cause) {
        return cause instanceof SocketException
                || cause instanceof InterruptedIOException
                || cause instanceof UnknownHostException
                || cause instanceof SSLException
                || cause instanceof NoHttpResponseException
                || cause instanceof AnswerTooLargeException;
    }
}
