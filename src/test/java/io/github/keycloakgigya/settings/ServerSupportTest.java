package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;

import io.github.keycloakgigya.settings.SupportedServersOnly.KeycloakVersion;
import io.github.keycloakgigya.settings.connector.OutdatedServerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;

/** On a server that is too old there is one provider, which says so, and otherwise all but that one. */
class ServerSupportTest {

    private static final Config.Scope NO_SETTINGS = Config.scope();

    private final SupportedServersOnly door = mock(SupportedServersOnly.class, CALLS_REAL_METHODS);
    private final OutdatedServerFactory off = new OutdatedServerFactory();

    @ParameterizedTest
    @CsvSource({"26.4.7, false", "25.0.6, false", "26.5.0, true", "26.7.3, true"})
    void either_all_doors_are_there_or_the_one_that_says_why_not(String version, boolean supported) {
        try (var server = mockStatic(KeycloakVersion.class)) {
            server.when(KeycloakVersion::ofServer).thenReturn(new KeycloakVersion(version));

            assertThat(door.isSupported(NO_SETTINGS)).isEqualTo(supported);
            assertThat(door.isSupported()).as("what Keycloak up to 25 asks").isEqualTo(supported);
            assertThat(off.isSupported(NO_SETTINGS)).isNotEqualTo(supported);
            assertThat(off.isSupported()).isNotEqualTo(supported);
        }
    }

    @Test
    void what_says_why_not_connects_to_nothing() {
        assertThat(off.getId()).isEqualTo("off");
        assertThatIllegalStateException().isThrownBy(() -> off.create(mock(KeycloakSession.class)));
    }
}
