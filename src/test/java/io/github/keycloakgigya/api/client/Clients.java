package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** What a node has once, and the clients of single requests made with it. */
public final class Clients implements AutoCloseable {

    static final String SECRET = "c2VjcmV0LW9mLXRoZS1zaXRlIQ==";
    static final RequestAuthorization SIGNED =
            RequestAuthorization.signature(Optional.of("AKuserKey"), Secret.parse(SECRET));
    static final CallLimits LIMITS =
            new CallLimits(Duration.ofMillis(1000), Duration.ofMillis(2000), Duration.ofMillis(2500), 1 << 20);

    private final CloseableHttpClient http =
            HttpClients.custom().setSSLContext(LocalTls.INSTANCE.client()).build();
    private final Deadlines watchdog = new Deadlines();

    public GigyaClient of(GigyaSite site) {
        return of(site, SIGNED);
    }

    public GigyaClient of(GigyaSite site, RequestAuthorization authorization) {
        return of(site, authorization, new ServerClock(), LIMITS);
    }

    public GigyaClient of(GigyaSite site, RequestAuthorization authorization, ServerClock clock, CallLimits limits) {
        return new GigyaClient(site, authorization, http, clock, watchdog, limits, CallGate.OPEN, CallObserver.NONE);
    }

    public GigyaClient watchedBy(CallObserver observer, GigyaSite site) {
        return behind(CallGate.OPEN, observer, site);
    }

    public GigyaClient behind(CallGate gate, CallObserver observer, GigyaSite site) {
        return new GigyaClient(site, SIGNED, http, new ServerClock(), watchdog, LIMITS, gate, observer);
    }

    @Override
    public void close() throws IOException {
        watchdog.close();
        http.close();
    }
}
