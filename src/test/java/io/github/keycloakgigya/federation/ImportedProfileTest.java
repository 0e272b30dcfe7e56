package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedProfileTest {

    private static final String UID = "_guid_Ab+c/==";

    private StorageSettings settings;

    @BeforeEach
    void map_names_and_address() throws SettingsException {
        settings = Settings.of(Map.of());
    }

    @Test
    void user_name_and_address_are_in_lower_case_as_keycloak_stores_them() throws GigyaException {
        var profile = withEmail("Ann.ÉXAMPLE@Example.COM");

        assertThat(profile.username()).isEqualTo("ann.éxample@example.com");
        assertThat(profile.email()).contains("ann.éxample@example.com");
    }

    @Test
    void without_a_value_the_uid_is_the_user_name() throws GigyaException {
        var profile = Settings.profile(settings, UID, Map.of());

        assertThat(profile.username()).isEqualTo("_guid_ab+c/==");
        assertThat(profile.uid()).isEqualTo(new Uid(UID));
        assertThat(profile.email()).isEmpty();
        assertThat(profile.attributes()).containsEntry("firstName", List.of());
    }

    @Test
    void a_uid_that_lower_case_makes_too_long_still_yields_a_name_of_its_own() throws GigyaException {
        var one = Settings.profile(settings, "İ".repeat(255), Map.of()).username();
        var other = Settings.profile(settings, "İ".repeat(254) + "x", Map.of()).username();

        assertThat(one).hasSizeLessThanOrEqualTo(255).isNotEqualTo(other);
    }

    @Test
    void a_mapping_to_the_user_name_comes_before_the_field_of_the_user_name() throws Exception {
        settings = Settings.of(Map.of("fieldMappings", "[{\"key\":\"data.nick\",\"value\":\"username\"}]"));

        assertThat(Settings.profile(settings, UID, Map.of("data.nick", "Nick", "profile.email", "a@example.com"))
                        .username())
                .isEqualTo("nick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-at",
                "@example.com",
                "ann@",
                "ann@example.com,eve@example.com",
                "ann@example.com\nBcc: eve@example.com",
                "ann @example.com",
                "\"ann b\"@example.com",
                "ann\u200b@example.com",
                "ann\u202e@example.com",
                "ann@exam\u00adple.com",
                "ann@example.com.",
            })
    void what_is_no_address_is_left_out(String email) throws GigyaException {
        assertThat(withEmail(email).email()).isEmpty();
    }

    @Test
    void an_address_that_does_not_fit_is_left_out() throws GigyaException {
        assertThat(withEmail("ann@" + "a.".repeat(150) + "com").email()).isEmpty();
        assertThat(withEmail("a".repeat(65) + "@example.com").email()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212Aate@example.com", "İda@example.com", "kate@ban\u212A.example"})
    void letters_that_lower_case_makes_anothers_are_left_out(String email) throws GigyaException {
        assertThat(withEmail(email).email()).isEmpty();
        assertThat(withEmail(email).username()).isEqualTo("_guid_ab+c/==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin\u200b", "ad\u00admin", "nim\u202eda", "two\nlines", "nul\u0000", "in\u2028out", " "})
    void a_user_name_that_can_not_be_seen_as_it_is_gives_way_to_the_uid(String name) throws Exception {
        settings = Settings.of(Map.of("usernameField", "profile.username"));

        assertThat(Settings.profile(settings, UID, Map.of("profile.username", name))
                        .username())
                .isIn("_guid_ab+c/==", "nul\ufffd");
    }

    @Test
    void an_address_that_nobody_verified_names_no_user() throws GigyaException {
        var claims = Map.<String, Object>of("profile.email", "victim@example.com");

        var profile = Settings.profile(settings, UID, claims, FakeAddresses.havingVerified("eve@example.com"));

        assertThat(profile.email()).isEmpty();
        assertThat(profile.username()).isEqualTo("_guid_ab+c/==");
    }

    @Test
    void mapped_to_another_attribute_an_address_is_not_touched() throws Exception {
        settings = Settings.of(Map.of("fieldMappings", "[{\"key\":\"profile.email\",\"value\":\"contact\"}]"));

        var profile = Settings.profile(
                settings, UID, Map.of("profile.email", "Any@example.com"), FakeAddresses.havingVerified());

        assertThat(profile.attributes()).containsEntry("contact", List.of("Any@example.com"));
    }

    @Test
    void names_are_cut_to_what_the_database_holds() throws GigyaException {
        var profile = Settings.profile(settings, UID, Map.of("profile.firstName", "n".repeat(300)));

        assertThat(profile.attributes().get("firstName")).containsExactly("n".repeat(255));
    }

    private ImportedProfile withEmail(String email) throws GigyaException {
        return Settings.profile(settings, UID, Map.of("profile.email", email));
    }
}
