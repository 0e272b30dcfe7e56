package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
}
