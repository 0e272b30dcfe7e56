package io.github.keycloakgigya.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A message to a webhook: what is sent again and again until somebody takes it, byte by byte.
 *
 * @param token what the header {@code x-gigya-sig-jwt} holds; empty where the message is not signed
 * @param body as it is sent, which is zipped where {@code zipped} says so
 * @param headers further ones, by name
 */
public record WebhookMessage(Optional<String> token, byte[] body, boolean zipped, Map<String, String> headers) {

    /** The header of the signature. */
    public static final String SIGNATURE = "x-gigya-sig-jwt";

    // Not found in any source; long enough for a receiver that asks back for each of many accounts.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    HttpRequest to(URI url) {
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        token.ifPresent(text -> request.header(SIGNATURE, text));
        if (zipped) {
            request.header("Content-Encoding", "gzip");
        }
        headers.forEach(request::header);
        return request.build();
    }

    /** Sends the message once, and returns the status of the answer. */
    public int sendTo(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(to(url), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    static byte[] zip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Leaves the token and the body out. */
    @Override
    public String toString() {
        return "WebhookMessage[" + body.length + " bytes]";
    }
}
