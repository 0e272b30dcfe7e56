package io.github.keycloakgigya.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak as the browser sees it, under {@code localhost}, and the stub's host under {@code 127.0.0.1}. */
final class PageServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Map<String, String>> posts = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile LoginPage page;

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms/", this::keycloak);
        server.createContext("/resources/", this::resource);
        server.createContext("/js/gigya.js", this::gigyaScript);
        server.setExecutor(threads);
        server.start();
    }

    void show(LoginPage page) {
        this.page = page;
    }

    String keycloakUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String gigyaUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the parameters of every form posted to Keycloak, in order} */
    List<Map<String, String>> posts() {
        return posts;
    }

    /** {@return method, path and query of every request to Keycloak's pages, in order} */
    List<String> requests() {
        return requests;
    }

    private void keycloak(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (exchange.getRequestMethod().equals("POST")) {
            posts.add(parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer(exchange, "text/html", "<h1 id='posted'>Posted</h1>".getBytes(StandardCharsets.UTF_8));
        } else {
            // Stricter than Keycloak: whatever runs inline is refused, be it of the page or of Keycloak's own layout.
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "script-src 'self' " + gigyaUrl() + "; style-src 'self'");
            answer(exchange, "text/html;charset=utf-8", page.html().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void resource(HttpExchange exchange) throws IOException {
        String[] steps = exchange.getRequestURI().getPath().split("/", 6);
        Optional<URL> file = steps[3].equals("login")
                ? page.theme().resource(steps[5])
                : Optional.ofNullable(getClass().getResource("/theme/keycloak/common/resources/" + steps[5]));
        if (file.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        try (InputStream stream = file.get().openStream()) {
            answer(exchange, contentType(steps[5]), stream.readAllBytes());
        }
    }

    private void gigyaScript(HttpExchange exchange) throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("/page/gigya.js")) {
            answer(exchange, "text/javascript", stream.readAllBytes());
        }
    }

    private static void answer(HttpExchange exchange, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String contentType(String path) {
        return path.endsWith(".js") ? "text/javascript" : path.endsWith(".svg") ? "image/svg+xml" : "text/css";
    }

    private static Map<String, String> parameters(String form) {
        return Stream.of(form.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
