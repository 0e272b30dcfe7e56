package io.github.keycloakgigya.simulator;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xnio.IoUtils;

/** The way of one answer to the socket, and the ways in which it can fail to get there. */
final class Delivery {

    private static final int CHUNK = 64 << 10;

    private final HttpServerExchange exchange;
    private final Clock clock;
    private final HeldConnections held;
    private final Supplier<Answer> right;
    private final Function<Refusal, Answer> refusing;

    Delivery(
            HttpServerExchange exchange,
            Clock clock,
            HeldConnections held,
            Supplier<Answer> right,
            Function<Refusal, Answer> refusing) {
        this.exchange = exchange;
        this.clock = clock;
        this.held = held;
        this.right = right;
        this.refusing = refusing;
    }

    /** {@return what the request deserves} The call takes place now. */
    Answer rightAnswer() {
        return right.get();
    }

    Answer refusal(Refusal refusal) {
        return refusing.apply(refusal);
    }

    void send(Answer answer) {
        writeHead(answer);
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
    }

    /** Does something later, without keeping a thread waiting. */
    void later(Duration duration, Runnable action) {
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> exchange.getIoThread()
                        .executeAfter(() -> exchange.dispatch(action), duration.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Leaves the request without an answer and the connection open. */
    void hold() {
        held.add(exchange.getConnection());
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {});
    }

    void close() {
        IoUtils.safeClose(exchange.getConnection());
    }

    void sendHalf(Answer answer) {
        writeHead(answer);
        exchange.setResponseContentLength(answer.body().length);
        writeThenClose(Arrays.copyOf(answer.body(), answer.body().length / 2));
    }

    void drip(Answer answer, Duration pause) {
        writeHead(answer);
        exchange.setResponseContentLength(answer.body().length);
        dripFrom(answer.body(), 0, pause);
    }

    private void dripFrom(byte[] bytes, int next, Duration pause) {
        try {
            exchange.getOutputStream().write(bytes[next]);
            exchange.getOutputStream().flush();
        } catch (IOException hadEnough) {
            close();
            return;
        }
        if (next + 1 < bytes.length) {
            later(pause, () -> dripFrom(bytes, next + 1, pause));
        }
    }

    private void writeThenClose(byte[] bytes) {
        try {
            exchange.getOutputStream().write(bytes);
            exchange.getOutputStream().flush();
        } catch (IOException goneAlready) {
            // The client closed first, which is what comes next anyway.
        } finally {
            close();
        }
    }

    void sendPadded(long bytes) {
        writeHead(Answer.of(200, "application/json; charset=utf-8", ""));
        var padding = new byte[CHUNK];
        Arrays.fill(padding, (byte) 'x');
        try (var body = exchange.getOutputStream()) {
            body.write("{\"errorCode\":0,\"padding\":\"".getBytes(StandardCharsets.US_ASCII));
            for (long left = bytes; left > 0; left -= CHUNK) {
                body.write(padding, 0, (int) Math.min(left, CHUNK));
            }
            body.write("\"}".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            // The client had enough.
            close();
        }
    }

    private void writeHead(Answer answer) {
        exchange.setStatusCode(answer.httpStatus());
        exchange.getResponseHeaders()
                .put(
                        Headers.DATE,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .put(Headers.CONTENT_TYPE, answer.contentType())
                .put(Headers.CACHE_CONTROL, "private");
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    }
}
