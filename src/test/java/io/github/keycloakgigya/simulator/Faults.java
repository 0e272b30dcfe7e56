package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What goes wrong at the moment. Thread-safe; orders hold until {@link #clear()}. */
public final class Faults {

    private final Map<String, Fault> always = new ConcurrentHashMap<>();
    private final Map<String, Fault> once = new ConcurrentHashMap<>();
    private final AtomicReference<Fault> everywhere = new AtomicReference<>();
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
        once.put(method, fault);
    }

    /** Makes every answer go wrong, but for methods that have a fault of their own. */
    public void everywhere(Fault fault) {
        everywhere.set(fault);
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
        once.clear();
        everywhere.set(null);
        clock.shiftBy(Duration.ZERO);
        server.recover();
    }

    Optional<Fault> next(String method) {
        return Optional.ofNullable(once.remove(method))
                .or(() -> Optional.ofNullable(always.get(method)))
                .or(() -> Optional.ofNullable(everywhere.get()));
    }
}
