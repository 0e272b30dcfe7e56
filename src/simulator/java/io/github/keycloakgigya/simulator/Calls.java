package io.github.keycloakgigya.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** Counts requests by method and keeps the latest ten thousand. Thread-safe. */
public final class Calls {

    private static final int KEPT = 10_000;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Deque<RecordedCall> latest = new ArrayDeque<>();

    Calls() {}

    synchronized void add(RecordedCall call) {
        counts.merge(call.method(), 1, Integer::sum);
        latest.addLast(call);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
    }

    /** {@return how often a method was called since the last reset, {@code accounts.getJWT} say} */
    public synchronized int count(String method) {
        return counts.getOrDefault(method, 0);
    }

    /** {@return the counts of all methods called since the last reset} */
    public synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** {@return the latest calls, oldest first} */
    public synchronized List<RecordedCall> all() {
        return List.copyOf(latest);
    }

    /** {@return the latest calls of a method, oldest first} */
    public synchronized List<RecordedCall> of(String method) {
        return latest.stream().filter(call -> call.method().equals(method)).toList();
    }

    /**
     * {@return the latest call of a method}
     *
     * @throws NoSuchElementException where there was none
     */
    public synchronized RecordedCall lastOf(String method) {
        var calls = of(method);
        if (calls.isEmpty()) {
            throw new NoSuchElementException("no call of " + method);
        }
        return calls.get(calls.size() - 1);
    }

    /** Forgets all calls. */
    public synchronized void reset() {
        counts.clear();
        latest.clear();
    }
}
