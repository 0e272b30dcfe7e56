package io.github.keycloakgigya.it.webhook;

import io.github.keycloakgigya.simulator.WebhookMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that announces a message, and sends no more of its body than somebody tells it to. */
final class SlowConnection implements AutoCloseable {

    private final Socket socket;

    /** Sends all but the body. */
    SlowConnection(URI hook, WebhookMessage message) throws IOException {
        socket = new Socket(hook.getHost(), hook.getPort());
        send("""
                POST %s HTTP/1.1
                Host: %s
                Content-Type: application/json
                Content-Length: %d
                %s: %s

                """.formatted(
                        hook.getPath(),
                        hook.getAuthority(),
                        message.body().length,
                        WebhookMessage.SIGNATURE,
                        message.token().orElseThrow())
                .replace("\n", "\r\n"));
    }

    /** Sends a part of the body. */
    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /**
     * {@return the status of the answer}
     *
     * @throws IOException where none comes within a time
     */
    int status(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        return Integer.parseInt(answer.readLine().split(" ")[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
