package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

class ReadOnceTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private int readings;

    @BeforeEach
    void a_request_with_attributes() {
        var attributes = new HashMap<String, Object>();
        when(session.getAttribute(anyString(), any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
    }

    @Test
    void what_is_stored_is_read_once_and_again_when_it_has_changed() throws Exception {
        assertThat(read("key", Map.of("host", "a"))).isEqualTo("reading 1");
        assertThat(read("key", Map.of("host", "a"))).isEqualTo("reading 1");
        assertThat(read("key", Map.of("host", "b"))).isEqualTo("reading 2");
        assertThat(read("key", Map.of("host", "a"))).isEqualTo("reading 3");
    }

    @Test
    void other_settings_of_the_request_are_read_by_themselves() throws Exception {
        read("key", Map.of());

        assertThat(read("other", Map.of())).isEqualTo("reading 2");
    }

    @Test
    void what_could_not_be_used_is_read_again() throws Exception {
        assertThatThrownBy(() -> ReadOnce.of(session, "key", Map.of(), String.class, () -> {
                    throw new SettingsException("gigyaSecretAgain");
                }))
                .isInstanceOf(SettingsException.class);

        assertThat(read("key", Map.of())).isEqualTo("reading 1");
    }

    @Test
    void nothing_of_it_shows_in_a_log() {
        assertThat(new ReadOnce(Map.of("secret", "s"), "s")).hasToString("ReadOnce[]");
    }

    private String read(String key, Map<String, String> stored) throws SettingsException {
        return ReadOnce.of(session, key, stored, String.class, () -> "reading " + ++readings);
    }
}
