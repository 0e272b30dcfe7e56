package io.github.keycloakgigya.federation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.federation.settings.StorageSettings.ExistingUserPolicy;
import io.github.keycloakgigya.federation.settings.StorageSettings.MissingAccountPolicy;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageSettingsTest {

    @Test
    void without_mappings_names_and_address_are_mapped() throws SettingsException {
        var settings = Settings.of(Map.of());

        assertThat(settings.fields())
                .extracting(GigyaField::path)
                .containsExactlyInAnyOrder("profile.firstName", "profile.lastName", "profile.email");
        assertThat(settings.missingAccountPolicy()).isEqualTo(MissingAccountPolicy.DISABLE);
        assertThat(settings.existingUserPolicy()).isEqualTo(ExistingUserPolicy.REFUSE);
    }

    @Test
    void the_field_of_the_user_name_is_asked_for_although_no_mapping_names_it() throws SettingsException {
        var settings = Settings.of(
                Map.of("fieldMappings", mapping("data.level", "level"), "usernameField", "profile.username"));

        assertThat(settings.fields())
                .extracting(GigyaField::path)
                .containsExactlyInAnyOrder("data.level", "profile.username");
    }

    @Test
    void an_empty_list_of_mappings_maps_nothing() throws SettingsException {
        var settings = Settings.of(Map.of("fieldMappings", "[]", "usernameField", "UID"));

        assertThat(settings.mappings().fields()).isEmpty();
        assertThat(ImportedProfile.mapsEmail(settings)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"keep, KEEP", "disable, DISABLE", "delete, DELETE"})
    void every_policy_for_missing_accounts_has_its_name(String name, MissingAccountPolicy policy)
            throws SettingsException {
        assertThat(Settings.of(Map.of("missingAccountPolicy", name)).missingAccountPolicy())
                .isEqualTo(policy);
    }

    @Test
    void a_field_that_is_mapped_twice_is_refused_by_its_name() {
        refused(
                Map.of(
                        "fieldMappings",
                        "[{\"key\":\"profile.city\",\"value\":\"a\"},{\"key\":\"profile.city\",\"value\":\"b\"}]"),
                "gigyaFieldMappingsInvalid",
                "profile.city");
    }

    @Test
    void an_attribute_that_is_mapped_twice_is_refused_in_any_case() {
        refused(
                Map.of(
                        "fieldMappings",
                        "[{\"key\":\"profile.city\",\"value\":\"Email\"},{\"key\":\"profile.email\",\"value\":\"email\"}]"),
                "gigyaFieldMappingsInvalid",
                "mapped twice");
    }

    @Test
    void a_field_of_the_user_name_that_is_none_is_refused() {
        refused(Map.of("usernameField", "email"), "gigyaSettingField", "'email'");
    }

    @Test
    void an_unknown_policy_is_refused_with_the_known_ones() {
        refused(Map.of("existingUserPolicy", "LINK"), "gigyaSettingOneOf", "refuse, linkVerifiedEmail");
    }

    private static String mapping(String field, String attribute) {
        return "[{\"key\":\"" + field + "\",\"value\":\"" + attribute + "\"}]";
    }

    private static void refused(Map<String, String> settings, String messageKey, String reason) {
        assertThatThrownBy(() -> Settings.of(settings))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refusal -> assertThat(refusal.messageKey()).isEqualTo(messageKey))
                .hasMessageContaining(reason);
    }
}
