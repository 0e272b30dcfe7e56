package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/** What the syncs of one federation did on this node. Safe for use by several threads. */
public final class SyncMeter {

    /** Which accounts a sync asks for. */
    public enum Kind {
        /** All. */
        FULL,
        /** Those that have changed since the last one. */
        CHANGED
    }

    /** How a sync ended. */
    public enum End {
        /** It did everything. */
        FINISHED,
        /** It wrote a part. */
        ENDED_EARLY,
        /** It wrote nothing. */
        FAILED
    }

    /** What became of an account in a sync. */
    public enum Result {
        ADDED,
        UPDATED,
        UNCHANGED,
        /** Its user has left the federation. */
        RELEASED,
        /** The account is gone, and its user was disabled or removed. */
        REMOVED,
        FAILED,
        /** Its registration is not finished. */
        UNFINISHED
    }

    private record Progress(LongSupplier handled, LongSupplier expected) {}

    private final MeterRegistry registry;
    private final Clock clock;
    private volatile Federation federation;
    private volatile Progress progress = new Progress(() -> 0, () -> 0);
    private volatile boolean running;
    private volatile Instant lastSuccess;

    SyncMeter(MeterRegistry registry, Clock clock, Federation federation) {
        this.registry = registry;
        this.clock = clock;
        this.federation = federation;
        this.lastSuccess = clock.instant();
    }

    /**
     * Takes note of a sync that begins.
     *
     * @param handled tells how many accounts it has dealt with; asked by other threads, also after its end
     * @param expected tells how many there are
     */
    public void begins(LongSupplier handled, LongSupplier expected) {
        progress = new Progress(handled, expected);
        running = true;
    }

    /** Takes note of the end of a sync, which may not have begun. */
    public void ends(Kind kind, End end) {
        running = false;
        if (end == End.FINISHED) {
            lastSuccess = clock.instant();
        }
        syncs(registry, kind, end).increment();
    }

    /** Counts what became of accounts. */
    public void count(Result result, int accounts) {
        accounts(registry, result).increment(accounts);
    }

    static Counter syncs(MeterRegistry registry, Kind kind, End end) {
        return Counter.builder("keycloak.gigya.syncs")
                .description("Syncs of user federations that ended")
                .tag("kind", code(kind))
                .tag("outcome", code(end))
                .register(registry);
    }

    static Counter accounts(MeterRegistry registry, Result result) {
        return Counter.builder("keycloak.gigya.synced.accounts")
                .description("What became of the accounts that syncs dealt with")
                .tag("result", code(result))
                .register(registry);
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Federation federation() {
        return federation;
    }

    void federation(Federation changed) {
        federation = changed;
    }

    boolean isRunning() {
        return running;
    }

    double handled() {
        return progress.handled().getAsLong();
    }

    double expected() {
        return progress.expected().getAsLong();
    }

    /** {@return seconds since 1970} */
    double lastSuccess() {
        return lastSuccess.toEpochMilli() / 1000.0;
    }

    /** {@return seconds; 0 where there is none} */
    double period() {
        return federation.period().toSeconds();
    }

    /**
     * A user federation whose syncs are measured.
     *
     * @param realmId the realm's id
     * @param id the component's id
     * @param realm the realm's name
     * @param name the federation's name
     * @param period how often it is synchronized by itself; zero where it is not
     */
    public record Federation(String realmId, String id, String realm, String name, Duration period) {

        public Federation {
            Objects.requireNonNull(realmId, "realmId");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(realm, "realm");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(period, "period");
        }
    }
}
