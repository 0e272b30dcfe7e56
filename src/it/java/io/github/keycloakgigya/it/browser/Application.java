package io.github.keycloakgigya.it.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The client to which a browser comes back. It shows a page and leaves the code in the address to the test. */
final class Application implements AutoCloseable {

    private static final byte[] PAGE =
            "<!doctype html><title>Application</title><h1>The application</h1>".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    /** Listens at an address of the loopback interface. */
    Application(URI address) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(address.getPath(), exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
