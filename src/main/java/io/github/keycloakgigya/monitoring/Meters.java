package io.github.keycloakgigya.monitoring;

import io.github.keycloakgigya.api.CallObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

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
    private final SessionMeters sessions;
    private final WebhookMeters webhooks;
    private final TransferMeters transfers;
    private final LeavingMeters leaving;

    /**
     * Makes the meters of a node.
     *
     * @param registry where they are shown; Keycloak's is Micrometer's global one
     * @param version of this extension
     */
    public Meters(MeterRegistry registry, Clock clock, String version) {
        this.calls = new CallMeters(registry);
        this.signIns = new SignInMeters(registry);
        this.syncs = new SyncMeters(registry, clock);
        this.sessions = new SessionMeters(registry);
        this.webhooks = new WebhookMeters(registry);
        this.transfers = new TransferMeters(registry);
        this.leaving = new LeavingMeters(registry);
        Gauge.builder("keycloak.gigya.version", () -> 1)
                .description("The version of keycloak-gigya on this node")
                .tag("version", version)
                .register(registry);
    }

    /** {@return what counts and times the calls to Gigya} */
    public CallObserver calls() {
        return calls;
    }

    /** {@return those of sign-ins} */
    public SignInMeters signIns() {
        return signIns;
    }

    /** {@return those of syncs} */
    public SyncMeters syncs() {
        return syncs;
    }

    /** {@return those of sessions that are ended} */
    public SessionMeters sessions() {
        return sessions;
    }

    /** {@return those of passwords that come along} */
    public TransferMeters transfers() {
        return transfers;
    }

    /** {@return those of webhooks} */
    public WebhookMeters webhooks() {
        return webhooks;
    }

    /** {@return those of who leaves Gigya} */
    public LeavingMeters leaving() {
        return leaving;
    }
}
