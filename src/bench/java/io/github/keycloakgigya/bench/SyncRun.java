package io.github.keycloakgigya.bench;

import java.time.Duration;

/**
 * A sync that ended.
 *
 * @param users how many users it went over
 * @param time what it took
 */
record SyncRun(int users, Duration time) {

    /** {@return users a second} */
    double rate() {
        return users / (time.toNanos() / 1e9);
    }
}
