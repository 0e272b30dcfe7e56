package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.BUSY;

import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bounds how many messages a node works on at once: three quarters of them may be of one site, so that whoever holds
 * tokens of that site leaves some to the others, and one of them for each token and federation. Who finds no seat does not
 * wait, but takes the seat of a message whose body is slow to arrive: otherwise a few connections on which nothing comes
 * would keep all others out. Safe for use by many threads.
 */
final class MessageSeats {

    /** How many messages are worked on at once. The bodies of more would only wait in memory. */
    static final int MOST = 8;

    /** How many of them may be of one site, whichever federations take them. */
    static final int MOST_OF_ONE_SITE = MOST * 3 / 4;

    /** How long a body may be on its way before another message may take its seat. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration patience;
    private final List<MessageSeat> taken = new ArrayList<>(); // guarded by this, the longest taken first

    /** @param patience how long a body may be on its way at all */
    MessageSeats(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * {@return a seat for a message, whose body the calling thread receives; empty where there is none, or the message has
     * one}
     *
     * @param apiKey of the site, which the token names: its domain is the administrator's to choose among several
     */
    synchronized Optional<MessageSeat> take(String apiKey, String componentId, VerifiedToken token) {
        // Two federations of one site may be sent the same message, under the same token.
        var seat = new MessageSeat(apiKey, componentId, token.fingerprint(), clock.instant(), patience, this::leave);
        var inTheWay = inTheWayOf(seat);
        if (!inTheWay.isEmpty() && !isOneGivenUp(inTheWay)) {
            return Optional.empty();
        }
        taken.add(seat);
        return Optional.of(seat);
    }

    private List<MessageSeat> inTheWayOf(MessageSeat seat) {
        var same = taken.stream().filter(seat::isOfSameMessage).toList();
        if (!same.isEmpty()) {
            return same;
        }
        var ofSite = taken.stream().filter(seat::isOfSameSite).toList();
        if (ofSite.size() >= MOST_OF_ONE_SITE) {
            return ofSite;
        }
        return taken.size() >= MOST ? taken : List.of();
    }

    private boolean isOneGivenUp(List<MessageSeat> candidates) {
        var latest = clock.instant().minus(GRACE);
        var slow = candidates.stream()
                .filter(seat -> !seat.since().isAfter(latest))
                .filter(MessageSeat::giveUp)
                .findFirst();
        slow.ifPresent(taken::remove);
        return slow.isPresent();
    }

    private synchronized void leave(MessageSeat seat) {
        taken.remove(seat);
    }

    /**
     * The place of one message among those that a node works on. It may be lost while the body arrives, and not any
     * more once the body is there. Safe for use by many threads.
     */
    static final class MessageSeat implements AutoCloseable {

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
         * @param receiving is interrupted where the seat is lost: the server's stream would wait a minute for the next
         *     byte (Quarkus's {@code read-timeout})
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
}
