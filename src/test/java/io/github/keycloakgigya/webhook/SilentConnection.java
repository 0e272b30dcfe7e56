package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A message with a good token on whose connection nothing else comes. */
final class SilentConnection {

    private final CompletableFuture<MessageOutcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    /** Has a seat when this returns. */
    SilentConnection(MessageSeats seats, int number) throws InterruptedException {
        var seated = new CountDownLatch(1);
        thread = new Thread(() -> {
            var token = new VerifiedToken("digest", Instant.EPOCH, Instant.MAX, Map.of(), "silent " + number);
            try (var seat =
                    seats.take(InMemoryGigya.API_KEY, "federation", token).orElseThrow()) {
                seat.received(() -> {
                    seated.countDown();
                    new SlowBody(Duration.ofDays(1)).read(new byte[1]);
                    return new byte[0];
                });
            } catch (RefusedMessageException refused) {
                outcome.complete(refused.outcome());
            } catch (IOException broken) {
                outcome.completeExceptionally(broken);
            }
        });
        thread.setDaemon(true);
        thread.start();
        seated.await();
    }

    MessageOutcome outcome() throws Exception {
        return outcome.get(5, TimeUnit.SECONDS);
    }

    boolean hasEnded() {
        return outcome.isDone();
    }

    void end() {
        thread.interrupt();
    }
}
