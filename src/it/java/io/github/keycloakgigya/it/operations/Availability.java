package io.github.keycloakgigya.it.operations;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks for a page several times a second, as people do, and knows for how long nobody was answered. */
final class Availability implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Thread asking = new Thread(this::ask, "availability");
    private volatile Duration longestOutage = Duration.ZERO;
    private long lastAnswer = System.nanoTime();

    private Availability(URI page) {
        request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build();
    }

    /** Asks from now on. */
    static Availability of(URI page) {
        var availability = new Availability(page);
        availability.asking.setDaemon(true);
        availability.asking.start();
        return availability;
    }

    private void ask() {
        try {
            while (true) {
                var answered = isAnswered();
                var outage = Duration.ofNanos(System.nanoTime() - lastAnswer);
                if (outage.compareTo(longestOutage) > 0) {
                    longestOutage = outage;
                }
                if (answered) {
                    lastAnswer = System.nanoTime();
                }
                Thread.sleep(BETWEEN.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnswered() throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    /** {@return the longest time so far between two answers} */
    Duration longestOutage() {
        return longestOutage;
    }

    @Override
    public void close() {
        asking.interrupt();
    }
}
