package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.settings.SiteSettings.AuthorizationMethod;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @Test
    void a_blank_text_counts_as_unset() {
        assertThat(reader("key", "  ").text("key")).isEmpty();
        assertThat(reader("key", "").text("key", "default")).isEqualTo("default");
        assertThat(reader("other", "x").text("key")).isEmpty();
    }

    @Test
    void blanks_around_a_text_are_left_out() {
        assertThat(reader("key", " \tvalue\u2003").text("key")).contains("value");
    }

    @Test
    void a_component_may_hold_nulls() {
        var config = new HashMap<String, List<String>>();
        config.put("none", null);
        config.put("some", Arrays.asList(null, "a", " "));
        var reader = SettingsReader.ofComponent(config);

        assertThat(reader.texts("none")).isEmpty();
        assertThat(reader.texts("some")).containsExactly("a");
    }

    @Test
    void an_authenticator_stores_several_values_in_one_text() {
        assertThat(SettingsReader.ofConfig(Map.of("keys", "a ## b## ##c")).texts("keys"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void an_authenticator_that_was_never_configured_has_no_settings() {
        assertThat(SettingsReader.ofConfig(null).text("key")).isEmpty();
    }

    @Test
    void a_required_text_that_is_missing_is_refused_by_its_name() {
        refused(() -> reader("key", " ").requiredText("key"), "gigyaSettingRequired", "key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "on", "1", "yes", "true false"})
    void only_true_and_false_are_flags(String value) {
        refused(() -> reader("key", value).flag("key", true), "gigyaSettingOneOf", "key", "true, false");
    }

    @Test
    void a_flag_that_is_unset_has_its_default() throws SettingsException {
        assertThat(reader("key", "").flag("key", true)).isTrue();
        assertThat(reader("key", "false").flag("key", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9", "101", "-10", "+10", "1e1", "10.0", "0x10", "١٠", "4294967306", "99999999999999999999"})
    void a_number_out_of_bounds_or_of_another_form_is_refused_with_the_bounds(String value) {
        refused(() -> reader("key", value).number("key", 50, 10, 100), "gigyaSettingNumber", "key", "10", "100");
    }

    @Test
    void the_bounds_of_a_number_are_within_them() throws SettingsException {
        assertThat(reader("key", "10").number("key", 50, 10, 100)).isEqualTo(10);
        assertThat(reader("key", "100").number("key", 50, 10, 100)).isEqualTo(100);
        assertThat(reader("key", "").number("key", 50, 10, 100)).isEqualTo(50);
    }

    @Test
    void a_time_has_the_unit_of_its_setting() throws SettingsException {
        assertThat(reader("key", "90").time("key", ChronoUnit.SECONDS, 60, 10, 100))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_choice_is_one_of_the_list_as_it_is_spelt_there() throws SettingsException {
        assertThat(method("bearer")).isEqualTo(AuthorizationMethod.BEARER);
        assertThat(method("")).isEqualTo(AuthorizationMethod.SIGNATURE);
        refused(() -> method("BEARER"), "gigyaSettingOneOf", "key", "signature, secret, bearer");
    }

    private static AuthorizationMethod method(String value) throws SettingsException {
        return reader("key", value).choice("key", AuthorizationMethod.SIGNATURE, AuthorizationMethod::id);
    }

    private static SettingsReader reader(String key, String value) {
        return SettingsReader.ofComponent(Map.of(key, List.of(value)));
    }

    @Test
    void a_field_is_one_of_gigyas() throws SettingsException {
        assertThat(reader("key", " data.level ").nameField("key", "UID")).isEqualTo(GigyaField.parse("data.level"));
        assertThat(reader("other", "x").nameField("key", "UID")).isEqualTo(GigyaField.UID);
        assertThat(reader("key", "data.level").requiredField("key")).isEqualTo(GigyaField.parse("data.level"));
        refused(() -> reader("other", "x").requiredField("key"), "gigyaSettingRequired", "key");
        assertThatThrownBy(() -> reader("key", "level").nameField("key", "UID"))
                .hasMessageStartingWith("gigyaSettingField")
                .hasMessageContaining("'level' is not a Gigya field");
    }

    @Test
    void mappings_that_were_never_set_are_the_usual_ones() throws SettingsException {
        assertThat(reader("other", "x").fieldMappings())
                .isEqualTo(FieldMappings.parse(SiteSettings.DEFAULT_FIELD_MAPPINGS));
    }

    @Test
    void mappings_are_read_from_what_the_console_stores() throws SettingsException {
        var mappings = reader("fieldMappings", "[{\"key\":\"data.level\",\"value\":\"level\"}]")
                .fieldMappings();

        assertThat(mappings).isEqualTo(FieldMappings.parse(Map.of("data.level", "level")));
    }

    @Test
    void a_mapping_that_can_not_be_used_is_refused_with_the_reason() {
        refusedMappings("[{\"key\":\"level\",\"value\":\"level\"}]", "'level' is not a Gigya field");
        refusedMappings(
                "[{\"key\":\"data.a\",\"value\":\"one\"},{\"key\":\"data.a\",\"value\":\"two\"}]",
                "the Gigya field 'data.a' is mapped twice");
    }

    private static void refusedMappings(String stored, String why) {
        assertThatThrownBy(() -> reader("fieldMappings", stored).fieldMappings())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("gigyaFieldMappingsInvalid")
                .hasMessageContaining(why);
    }

    private static void refused(ThrowingCallable reading, String messageKey, String... parameters) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(SettingsException.class, refusal -> {
            assertThat(refusal.messageKey()).isEqualTo(messageKey);
            assertThat(refusal.parameters()).extracting(Object::toString).containsExactly(parameters);
        });
    }
}
