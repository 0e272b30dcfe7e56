package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.connector.LogoutMessages.LogoutMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogoutMessagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogoutMessages messages =
            new LogoutMessages(new Meters(registry, Clock.systemUTC(), "test").sessions());
    private final CloseableHttpClient http = HttpClients.createDefault();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer client;

    LogoutMessagesTest() throws IOException {
        client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.createContext("/logout", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        client.start();
    }

    @AfterEach
    void end() throws IOException {
        messages.close();
        http.close();
        client.stop(0);
    }

    @Test
    void each_message_reaches_its_client() {
        messages.send(List.of(message("/logout", "one"), message("/logout", "two")), http);

        await().atMost(LIMIT).until(() -> counted("delivered") == 2);
        assertThat(received).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void what_a_client_refuses_is_not_sent_again() {
        messages.send(List.of(message("/other", "one")), http);

        await().atMost(LIMIT).until(() -> counted("refused") == 1);
        assertThat(received).isEmpty();
    }

    @Test
    void a_client_that_does_not_answer_holds_up_no_other_and_is_left_alone_after_a_while() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var unheard = new LogoutMessage(
                    URI.create("http://localhost:" + silent.getLocalPort() + "/logout"), content("nobody"));
            messages.send(Collections.nCopies(500, unheard), http);
            messages.send(List.of(message("/logout", "one")), http);

            await().atMost(Duration.ofSeconds(3)).until(() -> received.contains("one"));
            await().atMost(LIMIT).until(() -> counted("failed") + counted("dropped") == 500);
            assertThat(counted("failed")).isLessThan(10);
            messages.send(List.of(unheard), http);
            assertThat(counted("failed") + counted("dropped")).isEqualTo(501);
        }
    }

    @Test
    void more_than_can_wait_is_dropped_and_counted() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var unheard = new LogoutMessage(
                    URI.create("http://localhost:" + silent.getLocalPort() + "/logout"), content("nobody"));

            messages.send(Collections.nCopies(20_000, unheard), http);

            assertThat(counted("dropped")).isGreaterThanOrEqualTo(9_000);
        }
    }

    private double counted(String outcome) {
        return registry.get("keycloak.gigya.logout.messages")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private LogoutMessage message(String path, String content) {
        var address = URI.create("http://localhost:" + client.getAddress().getPort() + path);
        return new LogoutMessage(address, content(content));
    }

    private static StringEntity content(String text) {
        return new StringEntity(text, StandardCharsets.UTF_8);
    }
}
