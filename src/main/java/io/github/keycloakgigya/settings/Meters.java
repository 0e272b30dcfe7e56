package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.api.CallObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.keycloak.models.KeycloakSession;

/**
 * What a node measures of this extension, for Keycloak's endpoint {@code /metrics}. Where an operator has not switched
 * that on, nothing is collected. Safe for use by many threads.
 *
 * <p>No label holds what comes from a person, a client or a request.
 */
public final class Meters {

    private final CallMeters calls;
    private final SignInMeters signIns;
    private final SyncMeters syncs;

    /**
     * Makes the meters of a node.
     *
     * @param registry where they are shown; Keycloak's is Micrometer's global one
     */
    Meters(MeterRegistry registry, Clock clock) {
        this.calls = new CallMeters(registry);
        this.signIns = new SignInMeters(registry);
        this.syncs = new SyncMeters(registry, clock);
        Gauge.builder("keycloak.gigya.version", () -> 1)
                .description("The version of keycloak-gigya on this node")
                .tag("version", ExtensionVersion.text())
                .register(registry);
    }

    /** {@return those of the node that a session belongs to} */
    public static Meters of(KeycloakSession session) {
        return session.getProvider(GigyaConnector.class).meters();
    }

    CallObserver calls() {
        return calls;
    }

    public SignInMeters signIns() {
        return signIns;
    }

    public SyncMeters syncs() {
        return syncs;
    }
}
