package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class the Keycloak server that all test classes of a run share, because a start takes half a minute.
 *
 * <p>It starts when the first test class asks and stops after the last one. A test makes its own realm, and removes it.
 */
public final class SharedServers implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == KeycloakServer.class || type == GigyaSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var start = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Start.class, key -> Start.now(), Start.class);
        return parameter.getParameter().getType() == GigyaSimulator.class ? start.simulator() : start.server();
    }

    /** One attempt to start the server; a failed one is not repeated for every test. */
    private record Start(
            GigyaSimulator simulator, Optional<KeycloakServer> started, Optional<ServerFailureException> failure)
            implements AutoCloseable {

        static Start now() {
            var simulator = GigyaSimulator.start();
            try {
                var settings = KeycloakSettings.named("it").trusting(simulator.certificate());
                var server = KeycloakServer.start(KeycloakDistribution.ofBuild(), settings, Start::ignore);
                return new Start(simulator, Optional.of(server), Optional.empty());
            } catch (ServerFailureException e) {
                return new Start(simulator, Optional.empty(), Optional.of(e));
            }
        }

        /** The steps are of use to a person who waits for the demo; Failsafe shows the tests. */
        private static void ignore(String step) {}

        KeycloakServer server() {
            return started.orElseThrow(failure::get);
        }

        @Override
        public void close() {
            started.ifPresent(KeycloakServer::close);
            simulator.close();
        }
    }
}
