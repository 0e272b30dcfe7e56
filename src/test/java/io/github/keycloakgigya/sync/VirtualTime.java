package io.github.keycloakgigya.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only while somebody waits, or a test says so. */
final class VirtualTime extends Clock implements BackOff.Pause {

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);

    @Override
    public void of(Duration duration) {
        pauses.add(duration);
        pass(duration);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** {@return how long was waited, each time} */
    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
