package io.github.keycloakgigya.token;

import java.time.Duration;
import java.time.Instant;

/** How often something may be fetched: a few times at once, then once an interval. Guarded by its owner's lock. */
final class FetchBudget {

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
