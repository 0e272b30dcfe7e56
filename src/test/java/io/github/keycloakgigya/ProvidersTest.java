package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.settings.RollingUpdates;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import io.github.keycloakgigya.settings.connector.GigyaConnectorSpi;
import io.github.keycloakgigya.settings.connector.OutdatedServerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;

/** The providers that the jar names to Keycloak. */
class ProvidersTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");
    private static final Config.Scope NO_SETTINGS = Config.scope();

    @Test
    void each_is_left_out_on_a_server_that_is_too_old_but_the_one_that_says_so() throws IOException {
        assertThat(providers())
                .contains(OutdatedServerFactory.class)
                .filteredOn(type -> type != OutdatedServerFactory.class)
                // A kind of provider, and what no server asks for but a command that is as new.
                .filteredOn(type -> type != GigyaConnectorSpi.class && type != RollingUpdates.class)
                .isNotEmpty()
                .allMatch(SupportedServersOnly.class::isAssignableFrom);
    }

    @Test
    void on_a_server_that_is_new_enough_each_is_there_but_that_one() throws IOException {
        assertThat(providers())
                .filteredOn(SupportedServersOnly.class::isAssignableFrom)
                .allSatisfy(type -> assertThat(
                                ((SupportedServersOnly) type.getConstructor().newInstance()).isSupported(NO_SETTINGS))
                        .isTrue());
        assertThat(new OutdatedServerFactory().isSupported(NO_SETTINGS)).isFalse();
    }

    private static List<Class<?>> providers() throws IOException {
        try (var services = Files.list(SERVICES)) {
            return services.flatMap(ProvidersTest::lines)
                    .<Class<?>>map(ProvidersTest::load)
                    .toList();
        }
    }

    private static Stream<String> lines(Path service) {
        try {
            return Files.readAllLines(service).stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }
}
