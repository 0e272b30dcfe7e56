package io.github.keycloakgigya.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

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

    /** How often something may be fetched: a few times at once, then once an interval. Guarded by its owner's lock. */
    static final class FetchBudget {

        private final int most;
        private final Duration interval;
        private int left;
        private Instant countedAt;

        FetchBudget(int most, Duration interval, Instant now) {
            this.most = most;
            this.interval = interval;
            this.left = most;
            this.countedAt = now;
        }

        /** {@return whether one more fetch is allowed now, which is then spent} */
        boolean take(Instant now) {
            long earned = Duration.between(countedAt, now).dividedBy(interval);
            if (now.isBefore(countedAt)) {
                // The clock was set back; waiting for the old time to come again could take for ever.
                countedAt = now;
            } else {
                left = (int) Math.min(most, left + earned);
                countedAt = countedAt.plus(interval.multipliedBy(earned));
            }
            if (left == 0) {
                return false;
            }
            left--;
            return true;
        }

        /** Takes one back that was not needed. */
        void giveBack() {
            left = Math.min(most, left + 1);
        }
    }
}
