package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredMapTest {

    @Test
    void the_admin_consoles_text_is_read_in_its_order() throws SettingsException {
        var map = StoredMap.parse("setting", """
                [{"key": " b ", "value": "1"}, {"key": "a", "value": " 2 "}, {"key": "b", "value": "3"}]""");

        assertThat(map.entries()).containsExactly(Map.entry("b", "1"), Map.entry("a", "2"), Map.entry("b", "3"));
    }

    @Test
    void what_is_written_can_be_read() throws SettingsException {
        var text = StoredMap.text(Map.of("profile.email", "email", "data.\"x\"", "ü"));

        assertThat(StoredMap.parse("setting", text).entries())
                .containsExactly(Map.entry("data.\"x\"", "ü"), Map.entry("profile.email", "email"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"a\",\"value\":\"b\"}",
                "{\"a\":\"b\"}",
                "null",
                "a=b",
                "[null]",
                "[{\"key\":\"a\"}]",
                "[{\"value\":\"a\"}]",
                "[{\"key\":\"a\",\"value\":{}}]",
                "[{\"key\":\"a\",\"value\":\"b\"}",
                "[[\"a\",\"b\"]]"
            })
    void another_text_is_refused_by_the_settings_name(String text) {
        assertThatThrownBy(() -> StoredMap.parse("setting", text))
                .isInstanceOfSatisfying(SettingsException.class, refusal -> {
                    assertThat(refusal.messageKey()).isEqualTo("gigyaSettingMap");
                    assertThat(refusal.parameters()).containsExactly(new SettingName("setting"));
                });
    }
}
