package io.github.keycloakgigya.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An account that is to be read because events name it.
 *
 * @param uid what it goes by now, as far as they say
 * @param formerUids what it went by before, as they say, or accounts that went into it
 * @param events the ids of these events
 * @param isWhole whether all of these events have an id, so that it can be remembered that they are done
 */
record Errand(String uid, Set<String> formerUids, Set<String> events, boolean isWhole) {

    /**
     * {@return what there is to do for events, each account once} One that has moved is one errand with what it was before:
     * read by itself under its new UID, it would look like one that nobody knows.
     */
    static List<Errand> of(List<Hint> hints) {
        var moves = new LinkedHashMap<String, String>();
        for (var hint : hints) {
            if (hint.type().movesAccount()
                    && hint.uid().isPresent()
                    && hint.newUid().isPresent()) {
                moves.put(hint.uid().get(), hint.newUid().get());
            }
        }
        var byAccount = new LinkedHashMap<String, List<Hint>>();
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

    // An account may have moved more than once, and its user follows to the end. Where it came back, nothing moved.
    private static String last(String uid, Map<String, String> moves) {
        var seen = new LinkedHashSet<String>();
        var at = uid;
        while (moves.containsKey(at)) {
            if (!seen.add(at)) {
                return uid;
            }
            at = moves.get(at);
        }
        return at;
    }

    private static Errand of(String uid, List<Hint> hints) {
        var former = new LinkedHashSet<String>();
        var ids = new LinkedHashSet<String>();
        for (var hint : hints) {
            hint.uid().filter(other -> !other.equals(uid)).ifPresent(former::add);
            hint.id().ifPresent(ids::add);
        }
        return new Errand(
                uid, former, ids, hints.stream().allMatch(hint -> hint.id().isPresent()));
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "Errand[]";
    }
}
