package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class the Gigya simulator and the Keycloak server that all test classes of a run share, because a start
 * takes half a minute.
 *
 * <p>They start when the first test class asks and stop after the last one. Keycloak trusts the simulator. A test class
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
        Start start = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Start.class, key -> Start.now(), Start.class);
        return parameter.getParameter().getType() == KeycloakServer.class ? start.server() : start.simulator();
    }

    /** One attempt to start the servers; a failed one is not repeated for every test. */
    private record Start(
            GigyaSimulator simulator, Optional<KeycloakServer> started, Optional<ServerFailureException> failure)
            implements AutoCloseable {

        static Start now() {
            GigyaSimulator simulator = GigyaSimulator.start();
            KeycloakSettings settings = KeycloakSettings.named("it").trusting(simulator.certificate());
            try {
                KeycloakServer server = KeycloakServer.start(
                        KeycloakDistribution.ofBuild().withTestProviders(), settings, Start::ignore);
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
