package io.github.keycloakgigya.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands at the other end of a webhook: keeps what comes, and answers as it is told, 204 unless told otherwise. */
final class WebhookReceiver implements AutoCloseable {

    /** A message, with its headers by lower-case name. */
    record Received(byte[] body, Map<String, String> headers) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final HttpServer server;

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/hook", exchange -> {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            received.add(new Received(exchange.getRequestBody().readAllBytes(), headers));
            exchange.sendResponseHeaders(nextAnswer(), -1);
            exchange.close();
        });
        server.start();
    }

    private synchronized int nextAnswer() {
        return answers.isEmpty() ? 204 : answers.removeFirst();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/hook");
    }

    synchronized void willAnswer(Integer... statuses) {
        answers.addAll(Arrays.asList(statuses));
    }

    Received next() {
        try {
            var message = received.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("no message came");
            }
            return message;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    boolean isEmpty() {
        return received.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
