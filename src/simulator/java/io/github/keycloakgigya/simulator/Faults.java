package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** What goes wrong at the moment. Thread-safe; orders hold until {@link #clear()}. */
public final class Faults {

    private final Map<String, Fault> always = new ConcurrentHashMap<>();
    private final Map<String, List<PlannedFault>> planned = new ConcurrentHashMap<>();
    private final AtomicReference<Fault> everywhere = new AtomicReference<>();
    private volatile Duration latency = Duration.ZERO;
    private final SimulatorClock clock;
    private final HttpsServer server;

    Faults(SimulatorClock clock, HttpsServer server) {
        this.clock = clock;
        this.server = server;
    }

    /** Makes every answer to a method go wrong, {@code accounts.getJWT} or {@code gigya.js} say. */
    public void on(String method, Fault fault) {
        always.put(method, fault);
    }

    /** Makes the next answer to a method go wrong. */
    public void onceOn(String method, Fault fault) {
        onNext(method, 1, fault);
    }

    /** Makes the next answers to a method go wrong, as many as said. */
    public void onNext(String method, int calls, Fault fault) {
        plan(method, PlannedFault.forCalls(fault, 0, calls));
    }

    /**
     * Makes one later answer to a method go wrong.
     *
     * @param nth which, counted from now; 1 is the next
     */
    public void onNth(String method, int nth, Fault fault) {
        plan(method, PlannedFault.forCalls(fault, nth - 1, 1));
    }

    /** Makes all answers to a method go wrong for a time that begins now. */
    public void onFor(String method, Duration time, Fault fault) {
        plan(method, PlannedFault.until(fault, Instant.now().plus(time)));
    }

    private void plan(String method, PlannedFault fault) {
        planned.computeIfAbsent(method, any -> new CopyOnWriteArrayList<>()).add(fault);
    }

    /** Makes every answer go wrong, but for methods that have a fault of their own. */
    public void everywhere(Fault fault) {
        everywhere.set(fault);
    }

    /** Lets every answer come later by this time, those that go wrong as well. */
    public void latency(Duration time) {
        latency = time;
    }

    /** Closes the port and all connections: connections are refused until {@link #clear()}. */
    public void refuseConnections() {
        server.stop();
    }

    /** Closes all connections, and shows new ones a certificate that nobody trusts. */
    public void wrongCertificate() {
        server.restart(CertificateChoice.UNTRUSTED);
    }

    /**
     * Sets the service's clock wrong: its {@code Date} header, the {@code time} of its answers, and what it compares
     * timestamps with. Tokens and sessions keep the true time, so that a client can be seen to correct itself.
     *
     * @param offset what the clock is ahead of the true time; negative where it is behind
     */
    public void setClockOffset(Duration offset) {
        clock.shiftBy(offset);
    }

    /** Ends all faults; a port that was closed opens again, and unanswered requests are dropped. */
    public void clear() {
        always.clear();
        planned.clear();
        everywhere.set(null);
        latency = Duration.ZERO;
        clock.shiftBy(Duration.ZERO);
        server.recover();
    }

    Optional<Fault> next(String method) {
        var fault = nextPlanned(method)
                .or(() -> Optional.ofNullable(always.get(method)))
                .or(() -> Optional.ofNullable(everywhere.get()));
        var wait = latency;
        return wait.isZero() ? fault : Optional.of(late(fault.orElse(Fault.none()), wait));
    }

    private static Fault late(Fault fault, Duration wait) {
        return delivery -> delivery.later(wait, () -> fault.happen(delivery));
    }

    /** Every plan counts the call; of those that it meets, the oldest happens. */
    private Optional<Fault> nextPlanned(String method) {
        var plans = planned.getOrDefault(method, List.of());
        var due = plans.stream().flatMap(plan -> plan.next().stream()).toList();
        if (!plans.isEmpty()) {
            plans.removeIf(PlannedFault::isOver);
        }
        return due.stream().findFirst();
    }
}
