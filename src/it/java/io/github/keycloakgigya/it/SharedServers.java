package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Optional;
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
 * adds its own site to the one and its own realm to the other, and clears the faults that it ordered.
 */
public final class SharedServers implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

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

    private enum Kind {
        USUAL,
        TOKEN_EXCHANGE {
            // External token exchange is a preview in 26.5 and 26.7, and asks for permissions of the first kind.
            @Override
            public KeycloakSettings settings() {
                return KeycloakSettings.named("it-token-exchange")
                        .withFeatures("token-exchange", "admin-fine-grained-authz:v1");
            }
        },
        WATCHED {
            @Override
            public KeycloakSettings settings() {
                return KeycloakSettings.named("it-watched")
                        .withFeatures("token-exchange", "admin-fine-grained-authz:v1")
                        .withOption("--metrics-enabled=true")
                        .withOption("--tracing-enabled=true")
                        .withOption("--tracing-protocol=http/protobuf")
                        .withOption(
                                "--tracing-endpoint=" + SpanCollector.shared().endpoint());
            }
        },
        OLDER {
            @Override
            KeycloakDistribution distribution() {
                return KeycloakDistribution.older();
            }
        };

        public static Kind of(ParameterContext parameter) {
            if (parameter.isAnnotated(OlderKeycloak.class)) {
                return OLDER;
            }
            if (parameter.isAnnotated(Watched.class)) {
                return WATCHED;
            }
            return parameter.isAnnotated(WithTokenExchange.class) ? TOKEN_EXCHANGE : USUAL;
        }

        public KeycloakSettings settings() {
            return KeycloakSettings.named("it");
        }

        KeycloakDistribution distribution() {
            return TestProviders.inBuild();
        }
    }

    /** One attempt to start a server; a failed one is not repeated for every test. */
    private record Start(Optional<KeycloakServer> started, Optional<ServerFailureException> failure)
            implements AutoCloseable {

        public static Start of(Kind kind, GigyaSimulator simulator) {
            KeycloakSettings settings = kind.settings().takingForGigya(simulator);
            try {
                KeycloakServer server = KeycloakServer.start(kind.distribution(), settings, Start::ignore);
                return new Start(Optional.of(server), Optional.empty());
            } catch (ServerFailureException e) {
                return new Start(Optional.empty(), Optional.of(e));
            }
        }

        /** The steps are of use to a person who waits for the demo; Failsafe shows the tests. */
        private static void ignore(String step) {}

        public KeycloakServer server() {
            return started.orElseThrow(failure::get);
        }

        @Override
        public void close() {
            started.ifPresent(KeycloakServer::close);
        }
    }
}
