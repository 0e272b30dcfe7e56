package io.github.keycloakgigya.federation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class ProtectedAttributesTest {

    @ParameterizedTest
    @ValueSource(strings = {"username", "email", "firstName", "lastName", "gigya.uid"})
    void mappings_that_can_not_be_read_open_nothing_that_is_gigyas_as_a_rule(String name) {
        assertThat(withMappings("[{").contains(name)).isTrue();
    }

    @Test
    void mappings_that_can_be_read_decide() {
        var attributes = withMappings("""
                [{"key": "profile.nickname", "value": "nick"}]""");

        assertThat(attributes.contains("nick")).isTrue();
        assertThat(attributes.contains("username")).isTrue();
        assertThat(attributes.contains("email")).isFalse();
    }

    private static ProtectedAttributes withMappings(String mappings) {
        var component = new ComponentModel();
        component.put("fieldMappings", mappings);
        return ProtectedAttributes.of(component);
    }
}
