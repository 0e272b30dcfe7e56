package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.Faults;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** A way in which Gigya fails. Times are longer than this extension may wait. */
public enum Outage {
    REFUSED_CONNECTION((faults, method) -> faults.refuseConnections()),
    WRONG_CERTIFICATE((faults, method) -> faults.wrongCertificate()),
    SILENCE(Fault.silent()),
    SLOW_ANSWER(Fault.delay(Duration.ofSeconds(4))),
    DRIPPING_ANSWER(Fault.drip(Duration.ofMillis(200))),
    DROPPED_CONNECTION(Fault.drop()),
    HALF_ANSWER(Fault.halfAnswer()),
    HUGE_ANSWER(Fault.oversize(2 << 20)),
    GARBAGE(Fault.garbage()),
    HTML_WITH_STATUS_200(Fault.html()),
    HTML_WITH_STATUS_500(Fault.httpStatus(500)),
    HTML_WITH_STATUS_503(Fault.httpStatus(503)),
    RATE_LIMIT(403048),
    SERVER_ERROR(500001),
    TIMEOUT_WITHIN_GIGYA(504002),
    UNKNOWN_ERROR(987654);

    private final BiConsumer<Faults, String> order;
    private final OptionalInt errorCode;

    Outage(BiConsumer<Faults, String> order) {
        this(order, OptionalInt.empty());
    }

    Outage(Fault fault) {
        this((faults, method) -> faults.on(method, fault));
    }

    Outage(int errorCode) {
        this((faults, method) -> faults.on(method, Fault.errorCode(errorCode)), OptionalInt.of(errorCode));
    }

    Outage(BiConsumer<Faults, String> order, OptionalInt errorCode) {
        this.order = order;
        this.errorCode = errorCode;
    }

    /** Begins at one method; where the connection itself fails, at all methods. */
    public void begin(Faults faults, String method) {
        order.accept(faults, method);
    }

    /** {@return the error code, where Gigya answers one} */
    public OptionalInt errorCode() {
        return errorCode;
    }
}
