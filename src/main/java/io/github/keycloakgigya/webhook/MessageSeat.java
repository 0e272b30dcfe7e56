package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.monitoring.MessageOutcome.BUSY;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The place of one message among those that a node works on. It may be lost while the body arrives, and not any more once
 * the body is there. Safe for use by many threads.
 */
final class MessageSeat implements AutoCloseable {

    private enum State {
        RECEIVING,
        LOST,
        KEPT
    }

    private final String apiKey;
    private final String componentId;
    private final String fingerprint;
    private final Instant since;
    private final Duration patience;
    private final Consumer<MessageSeat> left;
    private final Thread receiver = Thread.currentThread();
    private State state = State.RECEIVING; // guarded by this

    /** @param left told once the seat is free again */
    MessageSeat(
            String apiKey,
            String componentId,
            String fingerprint,
            Instant since,
            Duration patience,
            Consumer<MessageSeat> left) {
        this.apiKey = apiKey;
        this.componentId = componentId;
        this.fingerprint = fingerprint;
        this.since = since;
        this.patience = patience;
        this.left = left;
    }

    /** Receives a body. */
    @FunctionalInterface
    interface Receiving {
        byte[] body() throws IOException, RefusedMessageException;
    }

    Instant since() {
        return since;
    }

    boolean isOfSameSite(MessageSeat other) {
        return apiKey.equals(other.apiKey);
    }

    boolean isOfSameMessage(MessageSeat other) {
        return componentId.equals(other.componentId) && fingerprint.equals(other.fingerprint);
    }

    /**
     * {@return the body}
     *
     * @param receiving is interrupted where the seat is lost: the server's stream would wait a minute for the next byte
     *     (Quarkus's {@code read-timeout})
     * @throws RefusedMessageException where the body takes too long
     */
    byte[] received(Receiving receiving) throws IOException, RefusedMessageException {
        var timer = new CompletableFuture<Void>().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        timer.exceptionally(late -> {
            giveUp();
            return null;
        });
        try {
            var body = receiving.body();
            keep();
            return body;
        } catch (IOException broken) {
            keep();
            throw broken;
        } finally {
            timer.complete(null);
            end();
        }
    }

    /** Tells a body that trickles in, of which no read may take long enough to be interrupted, to end. */
    synchronized void requireNotLost() throws RefusedMessageException {
        if (state == State.LOST) {
            throw new RefusedMessageException(BUSY, "its body takes too long");
        }
    }

    private synchronized void keep() throws RefusedMessageException {
        requireNotLost();
        state = State.KEPT;
    }

    // Nobody interrupts the thread any more, which does other things next.
    private synchronized void end() {
        if (state == State.LOST) {
            Thread.interrupted();
        } else {
            state = State.KEPT;
        }
    }

    /** {@return whether the seat is lost by that, or was before} Nobody who has a body to work on loses it. */
    synchronized boolean giveUp() {
        if (state == State.RECEIVING) {
            state = State.LOST;
            receiver.interrupt();
        }
        return state == State.LOST;
    }

    @Override
    public void close() {
        left.accept(this);
    }
}
