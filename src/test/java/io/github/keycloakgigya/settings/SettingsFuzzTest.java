package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an administrator saves is a setting, or is refused as one. */
class SettingsFuzzTest {

    private static final String MAPPINGS = StoredMap.text(SiteSettings.DEFAULT_FIELD_MAPPINGS);

    @Test
    void mappings_are_read_or_refused() {
        ForeignTexts.readAll(
                List.of(MAPPINGS, "[{\"key\":\"UID\",\"value\":\"id-of-site\"}]", "[]"),
                SettingsFuzzTest::readMappings,
                SettingsException.class);
    }

    @Test
    void every_setting_of_a_site_is_read_or_refused() {
        var good = Map.of(
                "apiKey", "3_" + "a".repeat(64),
                "secret", "c2VjcmV0IHNlY3JldA==",
                "userKey", "AKey",
                "apiDomain", "login.example.com:8443",
                "dataCenter", "eu1",
                "siteGroupApiKeys", "4_" + "b".repeat(22) + "##3_" + "c".repeat(64),
                "tokenLifetime", "60",
                "trustEmail", "true",
                "authorizationMethod", "bearer");
        good.forEach((setting, value) -> ForeignTexts.readAll(
                List.of(value),
                text -> {
                    var changed = new HashMap<>(good);
                    changed.remove("authorizationMethod");
                    changed.put(setting, text);
                    SiteSettings.parse(SettingsReader.ofConfig(changed), (secret, scope) -> secret);
                },
                SettingsException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "{\"key\":\"a\",\"value\":\"b\"},", "\"", "9", "\\", " "})
    void longer_mappings_take_no_more_than_their_share_of_the_time(String part) {
        Growth.isLinear(length -> "[" + part.repeat(length / part.length()) + "]", SettingsFuzzTest::readMappings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.", "profile", ".", "a.", "data.a-"})
    void a_longer_field_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(length -> part.repeat(length / part.length()), GigyaField::parse);
    }

    private static void readMappings(String stored) throws SettingsException {
        SettingsReader.ofConfig(Map.of(SiteSettings.FIELD_MAPPINGS, stored)).fieldMappings();
    }
}
