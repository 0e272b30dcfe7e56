package io.github.keycloakgigya.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the spans that a Keycloak server sends (OTLP over HTTP), without reading more of them than their texts. */
public final class SpanCollector {

    private static final SpanCollector SHARED = start();

    private final HttpServer server;
    private final List<String> batches = new CopyOnWriteArrayList<>();

    private SpanCollector(HttpServer server) {
        this.server = server;
    }

    /** {@return the one of this run, which ends with the Java machine} */
    public static SpanCollector shared() {
        return SHARED;
    }

    private static SpanCollector start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new SpanCollector(server);
            server.createContext("/", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        // Protocol buffers hold texts as they are, between bytes that are kept one by one here.
        batches.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** {@return where Keycloak sends its spans} */
    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Leaves out of {@link #text} what came so far: other tests may have made thousands of spans. */
    public void forget() {
        batches.clear();
    }

    /** {@return everything that came so far} */
    public String text() {
        return String.join("\n", batches);
    }
}
