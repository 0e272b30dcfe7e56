package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One address for several nodes, which get requests in turn, whoever has been where before.
 *
 * <p>As {@code docker/proxy/haproxy.cfg} has it: a node comes in once it says that it is ready, and goes out at the first
 * connection that it does not take; then another node is asked. A request that a node has seen is never sent again.
 */
final class SoakProxy implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int CONNECTIONS = 64;

    private final int port = KeycloakSettings.freePort();
    private final LoadBalancingProxyClient nodes = new LoadBalancingProxyClient();
    private final Set<URI> taken = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "soak-proxy"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final Undertow server;
    private volatile Instant newest = Instant.now();

    private SoakProxy() {
        nodes.setConnectionsPerThread(CONNECTIONS).setProblemServerRetry(1);
        var handler = ProxyHandler.builder()
                .setProxyClient(nodes)
                // Every node once.
                .setMaxConnectionRetries(2)
                .setMaxRequestTime((int) Duration.ofMinutes(3).toMillis())
                .build();
        server = Undertow.builder()
                .addHttpListener(port, "localhost")
                .setHandler(handler)
                .build();
    }

    /** {@return a proxy without nodes} */
    static SoakProxy start() {
        var proxy = new SoakProxy();
        proxy.server.start();
        return proxy;
    }

    /** {@return the address that people know} */
    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** Looks after these nodes from now on, and returns when the first is in. */
    void serve(Supplier<List<KeycloakServer>> servers) {
        look(servers.get());
        looking.scheduleWithFixedDelay(() -> look(servers.get()), 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return when the last node came in that was not there before} */
    Instant newestNode() {
        return newest;
    }

    private void look(List<KeycloakServer> servers) {
        for (var server : servers) {
            try {
                var request = HttpRequest.newBuilder(server.management().resolve("/health/ready"))
                        .timeout(Duration.ofSeconds(1))
                        .build();
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200
                        && taken.add(server.address())) {
                    nodes.addHost(server.address());
                    newest = Instant.now();
                }
            } catch (ConnectException gone) {
                if (taken.remove(server.address())) {
                    nodes.removeHost(server.address());
                }
            } catch (IOException busy) {
                // It took the connection: as long as it takes those of people, they are sent there.
                continue;
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        server.stop();
    }
}
