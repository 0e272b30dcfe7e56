package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.Optional;

/** A fault that some of the coming calls meet, and others don't. Thread-safe. */
interface PlannedFault {

    /** Takes note of a call. {@return what happens to it, if anything} */
    Optional<Fault> next();

    /** {@return whether no later call can meet it} */
    boolean isOver();

    /** {@return a fault that lets some calls pass, and then meets a number of them} */
    static PlannedFault forCalls(Fault fault, int passing, int meeting) {
        return new PlannedFault() {
            private int seen;

            @Override
            public synchronized Optional<Fault> next() {
                return seen++ >= passing && seen <= passing + meeting ? Optional.of(fault) : Optional.empty();
            }

            @Override
            public synchronized boolean isOver() {
                return seen >= passing + meeting;
            }
        };
    }

    /** {@return a fault that all calls meet until then} */
    static PlannedFault until(Fault fault, Instant end) {
        return new PlannedFault() {
            @Override
            public Optional<Fault> next() {
                return isOver() ? Optional.empty() : Optional.of(fault);
            }

            @Override
            public boolean isOver() {
                return !Instant.now().isBefore(end);
            }
        };
    }
}
