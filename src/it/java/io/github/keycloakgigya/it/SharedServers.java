package io.github.keycloakgigya.it;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class the Gigya simulator and a Keycloak server that all test classes of a run share, because a start
 * takes half a minute.
 *
 * <p>Each starts when the first test class asks for it and stops after the last one. Keycloak trusts the simulator. A test class
 * adds its own site to the one and its own realm to the other, and clears the faults that it ordered. After each class the
 * logs are searched for what was secret so far.
 */
public final class SharedServers implements AfterAllCallback, ParameterResolver {

    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    /**
     * {@return settings of a server with metrics, spans and external token exchange} All that have these settings share one
     * build of Keycloak, which takes longer than a start.
     */
    public static KeycloakSettings watched(String name) {
        // External token exchange is a preview in 26.5 and 26.7, and asks for permissions of the first kind.
        return KeycloakSettings.named(name)
                .withFeatures("token-exchange", "admin-fine-grained-authz:v1")
                .withOption("--metrics-enabled=true")
                .withOption("--tracing-enabled=true")
                .withOption("--tracing-protocol=http/protobuf")
                .withOption("--tracing-endpoint=" + SpanCollector.shared().endpoint());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KeycloakServer.class || type == GigyaSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        // First, so that it stops last.
        var simulator =
                store.computeIfAbsent(GigyaSimulator.class, key -> GigyaSimulator.start(), GigyaSimulator.class);
        if (parameter.getParameter().getType() == GigyaSimulator.class) {
            return simulator;
        }
        var kind = Kind.of(parameter);
        return store.computeIfAbsent(kind, key -> Start.of(kind, simulator), Start.class)
                .server();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        var simulator = store.get(GigyaSimulator.class, GigyaSimulator.class);
        if (simulator != null) {
            var check = LeakCheck.ofAllSoFar(simulator);
            Stream.of(Kind.values())
                    .map(kind -> store.get(kind, Start.class))
                    .filter(Objects::nonNull)
                    .forEach(start -> start.assertNothingLeaked(check));
        }
    }

    private enum Kind {
        USUAL,
        /** With metrics, spans and external token exchange: one start for all who want one of these. */
        WATCHED {
            @Override
            KeycloakSettings settings() {
                return watched("it-watched").withOption(ROOM_FOR_REALMS);
            }
        },
        OLDER {
            @Override
            KeycloakDistribution distribution() {
                return KeycloakDistribution.older();
            }
        };

        // A cache that is full with the realms of other tests makes statements that the test at hand would count.
        private static final String ROOM_FOR_REALMS = "--cache-embedded-realms-max-count=100000";

        static Kind of(ParameterContext parameter) {
            if (parameter.isAnnotated(OlderKeycloak.class)) {
                return OLDER;
            }
            var isWatched = parameter.isAnnotated(Watched.class) || parameter.isAnnotated(WithTokenExchange.class);
            return isWatched ? WATCHED : USUAL;
        }

        KeycloakSettings settings() {
            return KeycloakSettings.named("it").withOption(ROOM_FOR_REALMS);
        }

        KeycloakDistribution distribution() {
            return TestProviders.inBuild();
        }
    }

    /** One attempt to start a server; a failed one is not repeated for every test. */
    private record Start(
            Optional<KeycloakServer> started, Optional<ServerFailureException> failure, AtomicLong searchedUpTo)
            implements AutoCloseable {

        static Start of(Kind kind, GigyaSimulator simulator) {
            KeycloakSettings settings = kind.settings().takingForGigya(simulator);
            try {
                KeycloakServer server = KeycloakServer.start(kind.distribution(), settings, Start::ignore);
                warmUp(server, simulator);
                return new Start(Optional.of(server), Optional.empty(), new AtomicLong());
            } catch (ServerFailureException e) {
                return new Start(Optional.empty(), Optional.of(e), new AtomicLong());
            }
        }

        // The first sign-in at a server that has just started may take longer than a person is made to wait.
        private static void warmUp(KeycloakServer server, GigyaSimulator simulator) {
            try (var realm = GigyaRealm.create(server, simulator)) {
                var account = realm.site().add(Account.builder().verifiedEmail("warm@example.com"));
                await().atMost(WARM_UP).ignoreExceptions().untilAsserted(() -> realm.signIn(account));
            }
        }

        /** The steps are of use to a person who waits for the demo; Failsafe shows the tests. */
        private static void ignore(String step) {}

        KeycloakServer server() {
            return started.orElseThrow(failure::get);
        }

        void assertNothingLeaked(LeakCheck check) {
            started.map(KeycloakServer::log).ifPresent(log -> {
                var end = log.end();
                var leaks = check.inLog(log.entriesSince(searchedUpTo.getAndSet(end)));
                if (!leaks.isEmpty()) {
                    throw new AssertionError("The log of the server holds what is secret: " + leaks);
                }
            });
        }

        @Override
        public void close() {
            started.ifPresent(KeycloakServer::close);
        }
    }
}
