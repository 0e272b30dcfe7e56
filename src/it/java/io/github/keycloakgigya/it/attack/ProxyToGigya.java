package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.server.KeycloakSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy through which Keycloak reaches a simulator under the names of one data center of Gigya's. Calls to the
 * others end here, so that none leaves this machine.
 */
final class ProxyToGigya implements AutoCloseable {

    private static final String CONNECT = "CONNECT ";

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final String domain;
    private final int simulatorPort;

    /**
     * Starts a proxy.
     *
     * @param domain of the data center, such as {@code us1.gigya.com}
     */
    ProxyToGigya(String domain, int simulatorPort) {
        this.domain = domain;
        this.simulatorPort = simulatorPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** {@return settings of a server that reaches all of Gigya's hosts through this proxy, and no other host} */
    KeycloakSettings usedBy(KeycloakSettings settings) {
        // As a variable, since the script that starts Keycloak would take the semicolon for its own.
        return settings.withVariable(
                "KC_SPI_CONNECTIONS_HTTP_CLIENT__DEFAULT__PROXY_MAPPINGS",
                ".*[.]gigya[.]com;http://localhost:" + listener.getLocalPort());
    }

    /** {@return the hosts that were asked for} */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            var host = hostOf(client);
            asked.add(host);
            if (!host.endsWith("." + domain)) {
                answer(client, "HTTP/1.1 502 Not this data center\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            try (var server = new Socket(InetAddress.getLoopbackAddress(), simulatorPort)) {
                sockets.add(server);
                answer(client, "HTTP/1.1 200 Connected\r\n\r\n");
                threads.execute(() -> pass(server, client));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException hungUp) {
            return;
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    // The client says no more than this before it is answered.
    private static String hostOf(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        var first = lines.readLine();
        for (var line = first; line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
        if (first == null || !first.startsWith(CONNECT)) {
            throw new IOException("only CONNECT is served");
        }
        return first.substring(CONNECT.length(), first.indexOf(':'));
    }

    private static void pass(Socket from, Socket to) {
        try (from) {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException hungUp) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
