package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.token.LatestUsed;
import io.github.keycloakgigya.token.VerifiedToken;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many messages a node works on at once: three quarters of them may be of one site, so that whoever holds
 * tokens of that site leaves some to the others, and one of them for each token and federation. Who finds no seat does not
 * wait. Safe for use by many threads.
 */
final class MessageSeats {

    /** How many messages are worked on at once. The bodies of more would only wait in memory. */
    static final int MOST = 8;

    /** How many of them may be of one site, whichever federations take them. */
    static final int MOST_OF_ONE_SITE = MOST * 3 / 4;

    private final Semaphore seats = new Semaphore(MOST);
    // By API key, which the token names: the site's domain is the administrator's to choose among several.
    private final LatestUsed<String, Semaphore> seatsOfSites = new LatestUsed<>(() -> new Semaphore(MOST_OF_ONE_SITE));
    private final Set<Message> seated = ConcurrentHashMap.newKeySet();

    // Two federations of one site may be sent the same message, under the same token.
    private record Message(String componentId, String fingerprint) {}

    /** A seat, which its holder leaves once. */
    @FunctionalInterface
    interface Seat {
        void leave();
    }

    /** {@return a seat for a message; empty where there is none, or the message has one} */
    Optional<Seat> take(String apiKey, String componentId, VerifiedToken token) {
        var message = new Message(componentId, token.fingerprint());
        if (!seated.add(message)) {
            return Optional.empty();
        }
        var ofSite = seatsOfSites.of(apiKey);
        if (!ofSite.tryAcquire()) {
            seated.remove(message);
            return Optional.empty();
        }
        if (!seats.tryAcquire()) {
            ofSite.release();
            seated.remove(message);
            return Optional.empty();
        }
        return Optional.of(() -> {
            seats.release();
            ofSite.release();
            seated.remove(message);
        });
    }
}
