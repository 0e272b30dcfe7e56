package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.Deadlines;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import io.github.keycloakgigya.api.client.GigyaClient;
import io.github.keycloakgigya.monitoring.CallMeters.TracedCalls;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import io.github.keycloakgigya.settings.connector.CallShares.MaxCalls;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.settings.connector.ListedDomains.AllowedDomains;
import io.github.keycloakgigya.settings.connector.ListedDomains.KeyDomains;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.LatestUsed;
import io.github.keycloakgigya.token.SigningKeyCache;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.tracing.TracingProvider;

/** Connects through the connection pool of Keycloak's own HTTP client. */
public final class PooledConnectorFactory implements GigyaConnectorFactory, ExtensionVersion, SupportedServersOnly {

    // Keycloak interrupts a look-up by username or e-mail after 3,000 ms (AbstractStorageManager). What Keycloak does
    // itself must fit in as well.
    private static final Duration TOTAL = Duration.ofMillis(2500);
    private static final Duration TEST_TOTAL = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    // Gigya gives a search 20 seconds unless asked otherwise, and 60 at most.
    private static final Duration BULK_CONNECT = Duration.ofSeconds(5);
    private static final Duration BULK_TOTAL = Duration.ofSeconds(60);
    private static final int MAX_BULK_BYTES = 1 << 25;

    private final Clock clock = Clock.systemUTC();
    private final Meters meters = new Meters(Metrics.globalRegistry, clock, ExtensionVersion.text());
    private final SigningKeyCache keys = new SigningKeyCache(clock, meters.calls());
    private final SignatureExchanges exchanges = new SignatureExchanges(clock, meters.calls());
    private final LatestUsed<String, ServerClock> serverClocks = new LatestUsed<>(() -> new ServerClock(clock));
    private final LogoutMessages logoutMessages = new LogoutMessages(meters.sessions());
    private Deadlines deadlines;
    private AllowedDomains allowedDomains;
    private KeyDomains keyDomains;
    private MaxCalls maxCalls;
    private CallShares shares;

    @Override
    public GigyaConnector create(KeycloakSession session) {
        return new GigyaConnector() {
            @Override
            public GigyaConnection connect(SiteSettings settings, Purpose purpose) {
                return PooledConnectorFactory.this.connect(session, settings, purpose);
            }

            @Override
            public void requireAllowed(ApiDomain domain) throws SettingsException {
                allowedDomains.require(domain);
            }

            @Override
            public GigyaSite trusted(SiteSettings settings) {
                return keyDomains.trusted(settings);
            }

            @Override
            public Meters meters() {
                return meters;
            }

            @Override
            public LogoutMessages logoutMessages() {
                return logoutMessages;
            }

            @Override
            public void close() {
                // Nothing of a session is held.
            }
        };
    }

    private static CallLimits limits(SiteSettings settings, Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN, SIGN_OUT, LIST, MESSAGE, EVENT -> withOwnTimeouts(settings, TOTAL);
            case TEST -> withOwnTimeouts(settings, TEST_TOTAL);
            case LARGE_LIST, SYNC -> new CallLimits(BULK_CONNECT, BULK_TOTAL, BULK_TOTAL, MAX_BULK_BYTES);
        };
    }

    private static CallLimits withOwnTimeouts(SiteSettings settings, Duration total) {
        return new CallLimits(settings.connectTimeout(), settings.readTimeout(), total, MAX_ANSWER_BYTES);
    }

    private GigyaConnection connect(KeycloakSession session, SiteSettings settings, Purpose purpose) {
        var site = keyDomains.trusted(settings);
        var gate = shares.gate(session, site, purpose, meters.calls());
        var api = new GigyaClient(
                site,
                settings.authorization(),
                session.getProvider(HttpClientProvider.class).getHttpClient(),
                serverClocks.of(site.domain().name()),
                deadlines,
                limits(settings, purpose),
                gate,
                new TracedCalls(meters.calls(), tracer(session), site));
        var tokens = new GigyaTokenVerifier(keys.keysOf(api, gate), clock);
        return new GigyaConnection(
                settings,
                api,
                tokens,
                exchanges.of(api),
                new AccountReader(api, tokens, settings.tokenLifetime()),
                api.leaving());
    }

    private static Tracer tracer(KeycloakSession session) {
        return session.getProvider(TracingProvider.class).getTracer("keycloak-gigya", ExtensionVersion.text());
    }

    @Override
    public void init(Config.Scope config) {
        deadlines = new Deadlines();
        allowedDomains = AllowedDomains.of(config);
        keyDomains = KeyDomains.of(config);
        maxCalls = MaxCalls.of(config);
        shares = new CallShares(maxCalls);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public void close() {
        logoutMessages.close();
        if (deadlines != null) {
            deadlines.close();
        }
    }

    /** {@inheritDoc} And how many may wait for Gigya, which depends on other options of the server. */
    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("keycloak-gigya", ExtensionVersion.text(), "max-calls", Integer.toString(maxCalls.value()));
    }

    @Override
    public String getId() {
        return "pooled";
    }
}
