package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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

    // Anybody who may create realms could fill the memory of whoever collects metrics otherwise.
    private static final int MOST_REALMS = 100;

    private final MeterRegistry registry;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, AtomicLong> legacy = new HashMap<>(); // guarded by itself

    TransferMeters(MeterRegistry registry) {
        this.registry = registry;
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

    /** Shows how many passwords of a realm need this extension, as they were counted now. The first 100 realms are shown. */
    public void legacy(String realm, long passwords) {
        synchronized (legacy) {
            if (legacy.containsKey(realm) || legacy.size() < MOST_REALMS) {
                legacy.computeIfAbsent(realm, this::shown).set(passwords);
            }
        }
    }

    private AtomicLong shown(String realm) {
        var passwords = new AtomicLong();
        Gauge.builder("keycloak.gigya.legacy.passwords", passwords, AtomicLong::get)
                .description("Passwords that only keycloak-gigya can verify, when they were last counted on this node")
                .tag("realm", realm)
                .register(registry);
        return passwords;
    }
}
