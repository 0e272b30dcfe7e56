package io.github.keycloakgigya.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server takes of its machine while nobody asks it for anything.
 *
 * @param heap bytes that a full collection leaves
 * @param threads that its process has
 * @param sockets that its process has open
 */
public record Footprint(long heap, long threads, long sockets) {

    /** How many percent a figure may have grown. */
    public static final int PERCENT = 15;
    /** How many threads or sockets may be added to that. */
    public static final int MORE = 10;
    /** How many bytes may be added to that: what was compiled and learned since, and entries that are to expire. */
    public static final long MORE_HEAP = 12L << 20;

    /** {@return the greater of both figures, in each respect} */
    public Footprint orMore(Footprint other) {
        return new Footprint(
                Math.max(heap, other.heap), Math.max(threads, other.threads), Math.max(sockets, other.sockets));
    }

    /** {@return whether the heap is not within the margin of what it was before} */
    public boolean outgrows(Footprint before) {
        return heap > limit(before.heap, MORE_HEAP);
    }

    /** {@return what is not within the margin of what it was before, but for the heap} */
    public List<String> leaks(Footprint before) {
        var leaks = new ArrayList<String>();
        if (threads > limit(before.threads, MORE)) {
            leaks.add(threads + " threads, and " + before.threads + " at the start");
        }
        if (sockets > limit(before.sockets, MORE)) {
            leaks.add(sockets + " sockets, and " + before.sockets + " at the start");
        }
        return leaks;
    }

    private static long limit(long before, long more) {
        return before + before * PERCENT / 100 + more;
    }

    @Override
    public String toString() {
        return heap / (1 << 20) + " MB live heap, " + threads + " threads, " + sockets + " sockets";
    }
}
