package io.github.keycloakgigya.soak;

import java.time.Duration;
import java.util.List;

/** How long operations took. */
final class Times {

    private Times() {}

    /**
     * {@return the time that so many percent of the operations did not exceed} Zero where there are none.
     *
     * @param percent from 1 to 100
     */
    static Duration percentile(int percent, List<Operation> operations) {
        if (operations.isEmpty()) {
            return Duration.ZERO;
        }
        var sorted = operations.stream().map(Operation::took).sorted().toList();
        // The nearest rank: the smallest time with so many percent at or below it.
        return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }
}
