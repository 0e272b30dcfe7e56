package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cursors of {@code accounts.search}. Every answer has a new id for the page behind it; an id may be sent again for
 * the same page. A cursor goes over what there was when it was opened, and is dropped when it was not used for five
 * minutes. Thread-safe.
 */
public final class SearchCursors {

    private final Map<String, Position> positions = new ConcurrentHashMap<>();
    private volatile Duration idleTime = Duration.ofMinutes(5);
    private volatile int expiredCode = GigyaError.INVALID_PARAMETER_VALUE.code();

    /** What an id stands for. */
    private record Position(Opened cursor, int start) {}

    /** A cursor, whose pages share the time of its last use. */
    private static final class Opened {
        private final Site site;
        private final SearchResults results;
        private final int pageSize;
        private volatile Instant lastUsed = Instant.now();

        Opened(Site site, SearchResults results, int pageSize) {
            this.site = site;
            this.results = results;
            this.pageSize = pageSize;
        }
    }

    SearchCursors() {}

    ObjectNode open(Site site, SearchResults results, int pageSize) {
        forgetIdle();
        return page(new Position(new Opened(site, results, pageSize), 0));
    }

    ObjectNode next(Site site, String id) throws Refusal {
        forgetIdle();
        var position = Optional.ofNullable(positions.get(id))
                .filter(found -> found.cursor().site == site)
                // The record names no code for it.
                .orElseThrow(() -> Refusal.ofCode(expiredCode, "Invalid parameter: cursorId"));
        position.cursor().lastUsed = Instant.now();
        return page(position);
    }

    private ObjectNode page(Position position) {
        var cursor = position.cursor();
        var answer = cursor.results.part(position.start(), cursor.pageSize);
        int next = position.start() + cursor.pageSize;
        if (next < cursor.results.accounts().size()) {
            var id = RandomText.TOKEN.next();
            positions.put(id, new Position(cursor, next));
            answer.put("nextCursorId", id);
        }
        return answer;
    }

    private void forgetIdle() {
        var limit = Instant.now().minus(idleTime);
        positions.values().removeIf(position -> position.cursor().lastUsed.isBefore(limit));
    }

    /** Drops all cursors, as if nobody had used them for five minutes. */
    public void expireAll() {
        positions.clear();
    }

    /** Sets how long a cursor lives that is not used; five minutes otherwise. */
    public void idleTime(Duration time) {
        idleTime = time;
    }

    /** Sets the error code that answers an unknown or expired id; 400006 otherwise. */
    public void expiredCode(int errorCode) {
        expiredCode = errorCode;
    }
}
