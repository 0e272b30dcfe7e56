package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.Fingerprint;
import io.github.keycloakgigya.webhook.MessageParser.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * An account that is to be read because events name it.
 *
 * @param uid what it goes by now, as far as they say
 * @param formerUids what it went by before, as they say, or accounts that went into it
 * @param events the ids of these events
 * @param isWhole whether all of these events have an id, so that it can be remembered that they are done
 */
record Errand(Uid uid, Set<Uid> formerUids, Set<String> events, boolean isWhole) {

    // Which account a user follows is the event's word alone, and nothing says that Gigya signs anew what it sends
    // again: what happened longer ago, or at a time that is not said, is no move, and the UID is read by itself.
    private static final Duration OLDEST_MOVE = Duration.ofHours(24);

    private static final Duration MEMORY_OF_DONE = Duration.ofMinutes(10);
    private static final String DONE = "gigya-event:";

    /**
     * {@return what there is to do for events, each account once} One that has moved is one errand with what it was before:
     * read by itself under its new UID, it would look like one that nobody knows.
     *
     * @param now when they are worked on
     */
    static List<Errand> of(List<Hint> hints, Instant now) {
        var moves = new LinkedHashMap<Uid, Uid>();
        for (var hint : hints) {
            if (hint.type().movesAccount()
                    && isRecent(hint, now)
                    && hint.uid().isPresent()
                    && hint.newUid().isPresent()) {
                moves.put(hint.uid().get(), hint.newUid().get());
            }
        }
        var byAccount = new LinkedHashMap<Uid, List<Hint>>();
        for (var hint : hints) {
            if (hint.type().isHandled()) {
                hint.uid()
                        .ifPresent(uid -> byAccount
                                .computeIfAbsent(last(uid, moves), any -> new ArrayList<>())
                                .add(hint));
            }
        }
        return byAccount.entrySet().stream()
                .map(account -> of(account.getKey(), account.getValue()))
                .toList();
    }

    private static boolean isRecent(Hint hint, Instant now) {
        return hint.at().filter(at -> !at.isBefore(now.minus(OLDEST_MOVE))).isPresent();
    }

    // An account may have moved more than once, and its user follows to the end. Where it came back, nothing moved.
    private static Uid last(Uid uid, Map<Uid, Uid> moves) {
        var seen = new LinkedHashSet<Uid>();
        var at = uid;
        while (moves.containsKey(at)) {
            if (!seen.add(at)) {
                return uid;
            }
            at = moves.get(at);
        }
        return at;
    }

    private static Errand of(Uid uid, List<Hint> hints) {
        var former = new LinkedHashSet<Uid>();
        var ids = new LinkedHashSet<String>();
        for (var hint : hints) {
            hint.uid().filter(other -> !other.equals(uid)).ifPresent(former::add);
            hint.id().ifPresent(ids::add);
        }
        return new Errand(
                uid, former, ids, hints.stream().allMatch(hint -> hint.id().isPresent()));
    }

    /**
     * {@return whether all of its events are known to be done} Then a message that comes again costs nothing: one that was
     * sent to two nodes, or whose first try ended early. To do an event twice does no harm.
     */
    boolean isDone(String componentId, KeycloakSession session) {
        var store = session.getProvider(SingleUseObjectProvider.class);
        return isWhole && events.stream().allMatch(event -> store.contains(key(componentId, event)));
    }

    /** Remembers on all nodes, for a while, that its events are done. */
    void noteDone(String componentId, KeycloakSession session) {
        var store = session.getProvider(SingleUseObjectProvider.class);
        events.forEach(event -> store.putIfAbsent(key(componentId, event), MEMORY_OF_DONE.toSeconds()));
    }

    private String key(String componentId, String event) {
        return DONE + Fingerprint.of(componentId + '\0' + event + '\0' + uid.value());
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "Errand[]";
    }
}
