package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what became of passwords whose users are to leave Gigya, as far as one node took them over. */
public final class TransferMeters {

    /** What became of a password. */
    public enum Outcome {
        TRANSFERRED,
        REHASHED,
        CAPTURED,
        UNSUPPORTED,
        NONE,
        /** Gigya did not tell, or the user could not be written. */
        FAILED
    }

    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);

    TransferMeters(MeterRegistry registry) {
        for (var outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("keycloak.gigya.password.transfers")
                            .description("Passwords of users who are to leave Gigya, by what became of them")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /** Counts a password. */
    public void count(Outcome outcome) {
        outcomes.get(outcome).increment();
    }
}
