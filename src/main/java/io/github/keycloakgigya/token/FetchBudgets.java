package io.github.keycloakgigya.token;

import java.time.Clock;
import java.time.Duration;

/**
 * How often a node makes a call that strangers can bring about: a few times at once, then once an interval, for each of
 * what administrators name. Whoever makes the call takes it from the budget before, so that many at once are bounded
 * too, and gives it back where it turns out that nobody made anything up. Safe for use by many threads.
 *
 * @param <K> what has a budget of its own
 */
public final class FetchBudgets<K> {

    private final Clock clock;
    private final LatestUsed<K, FetchBudget> budgets;

    /**
     * Makes full budgets.
     *
     * @param most how many at once
     * @param interval after which one more is allowed
     */
    public FetchBudgets(int most, Duration interval, Clock clock) {
        this.clock = clock;
        this.budgets = new LatestUsed<>(() -> new FetchBudget(most, interval, clock.instant()));
    }

    /** {@return whether one more is allowed now, which is then spent} */
    public boolean take(K key) {
        var budget = budgets.of(key);
        synchronized (budget) {
            return budget.take(clock.instant());
        }
    }

    /** Takes one back that was not needed. */
    public void giveBack(K key) {
        var budget = budgets.of(key);
        synchronized (budget) {
            budget.giveBack();
        }
    }
}
