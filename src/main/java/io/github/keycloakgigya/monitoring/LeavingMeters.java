package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the accounts that one node has dealt with in runs of those who leave Gigya. */
public final class LeavingMeters {

    /** The state of an account of which nothing could be found out. */
    public static final String FAILED = "failed";

    private static final List<String> STATES = List.of(
            "ready",
            "unsupported",
            "socialOnly",
            "passwordless",
            "incomplete",
            "inactive",
            "notImported",
            "unknown",
            "released",
            FAILED);

    private final Map<String, Counter> accounts = new LinkedHashMap<>();

    LeavingMeters(MeterRegistry registry) {
        // Shown as zero from the start: of a counter that appears with its first event, nobody sees it grow.
        for (var state : STATES) {
            accounts.put(
                    state,
                    Counter.builder("keycloak.gigya.leaving.accounts")
                            .description("Accounts that runs of those who leave Gigya have dealt with")
                            .tag("state", state)
                            .register(registry));
        }
    }

    /** Counts an account in one of the states of the report. */
    public void count(String state) {
        accounts.get(state).increment();
    }
}
