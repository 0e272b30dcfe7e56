package io.github.keycloakgigya.federation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferSettingsTest {

    @Test
    void nothing_comes_along_unless_somebody_wants_it() throws SettingsException {
        assertThat(Settings.of(Map.of()).transfer().isAtSignIn()).isFalse();
    }

    @Test
    void a_provider_leads_to_the_alias_that_is_set_or_to_its_own_name() throws SettingsException {
        var settings = Settings.of(Map.of("identityLinks", "[{\"key\":\"googleplus\",\"value\":\"google\"}]"))
                .transfer();

        assertThat(settings.alias("googleplus")).isEqualTo("google");
        assertThat(settings.alias("facebook")).isEqualTo("facebook");
    }

    @Test
    void passwords_come_along_with_imported_users_alone() {
        refused(Map.of("passwordTransfer", "atSignIn", "importEnabled", "false"), "gigyaSettingNeeds");
    }

    @Test
    void another_time_is_refused() {
        refused(Map.of("passwordTransfer", "always"), "gigyaSettingOneOf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"key\":\"\",\"value\":\"google\"}]",
                "[{\"key\":\"googleplus\",\"value\":\" \"}]",
                "[{\"key\":\"googleplus\",\"value\":\"a\"},{\"key\":\"googleplus\",\"value\":\"b\"}]"
            })
    void links_that_lead_nowhere_or_twice_are_refused(String links) {
        refused(Map.of("identityLinks", links), "gigyaIdentityLinksInvalid");
    }

    @Test
    void what_is_no_map_is_refused() {
        refused(Map.of("identityLinks", "googleplus=google"), "gigyaSettingMap");
    }

    private static void refused(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> Settings.of(settings))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.messageKey()).isEqualTo(message));
    }
}
