package io.github.keycloakgigya.federation.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.password.GigyaLogin.LoginId;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

class LoginIdTest {

    private static final String EMAIL_ALONE = "[{\"key\":\"profile.email\",\"value\":\"email\"}]";
    private static final String NO_EMAIL = "[{\"key\":\"profile.city\",\"value\":\"city\"}]";

    @Test
    void a_name_that_gigya_signs_in_by_is_sent() throws SettingsException {
        assertThat(loginId("profile.email", EMAIL_ALONE, "ann@example.com", "ann@example.com"))
                .contains("ann@example.com");
        assertThat(loginId("profile.username", EMAIL_ALONE, "ann", "ann@example.com"))
                .contains("ann");
    }

    @Test
    void the_address_stands_in_for_a_name_that_gigya_does_not_sign_in_by() throws SettingsException {
        assertThat(loginId("UID", EMAIL_ALONE, "uid-1", "ann@example.com")).contains("ann@example.com");
        assertThat(loginId("data.nickname", EMAIL_ALONE, "annie", "ann@example.com"))
                .contains("ann@example.com");
        assertThat(loginId("profile.username", EMAIL_ALONE, "uid-1", "ann@example.com"))
                .as("the name of an account without one is its UID")
                .contains("ann@example.com");
    }

    @Test
    void a_name_that_a_mapping_sets_is_judged_by_the_mapping() throws SettingsException {
        var byMapping =
                "[{\"key\":\"data.alias\",\"value\":\"username\"},{\"key\":\"profile.email\",\"value\":\"email\"}]";

        assertThat(loginId("profile.email", byMapping, "alias", "ann@example.com"))
                .contains("ann@example.com");
    }

    @Test
    void an_address_that_is_not_gigyas_is_not_sent() throws SettingsException {
        assertThat(loginId("UID", NO_EMAIL, "uid-1", "local@example.com")).isEmpty();
        assertThat(loginId("UID", EMAIL_ALONE, "uid-1", null)).isEmpty();
    }

    @Test
    void who_has_neither_name_nor_address_signs_in_by_the_phone_number_or_loyalty_number_that_was_typed()
            throws SettingsException {
        assertThat(loginId("UID", NO_EMAIL, "uid-1", null, Optional.of("+49 170 1234567")))
                .contains("+491701234567");
        assertThat(loginId("UID", NO_EMAIL, "uid-1", null, Optional.of("12345678")))
                .contains("12345678");
        assertThat(loginId("UID", NO_EMAIL, "uid-1", null, Optional.of("uid-1")))
                .isEmpty();
        assertThat(loginId("UID", EMAIL_ALONE, "uid-1", "ann@example.com", Optional.of("12345678")))
                .as("one of them is sent")
                .contains("ann@example.com");
    }

    private static Optional<String> loginId(String usernameField, String mappings, String name, String email)
            throws SettingsException {
        return loginId(usernameField, mappings, name, email, Optional.empty());
    }

    private static Optional<String> loginId(
            String usernameField, String mappings, String name, String email, Optional<String> typed)
            throws SettingsException {
        var user = mock(UserModel.class);
        when(user.getFirstAttribute(FederatedUser.UID)).thenReturn("UID-1");
        when(user.getUsername()).thenReturn(name);
        when(user.getEmail()).thenReturn(email);
        var settings = StorageSettings.parse(
                SettingsReader.ofComponent(Map.of(
                        "apiKey", List.of("3_" + "k".repeat(64)),
                        "secret", List.of("c2VjcmV0IHNlY3JldCBzZWNyZXQ="),
                        "usernameField", List.of(usernameField),
                        "customIdentifier", List.of("loyaltyNumber"),
                        "fieldMappings", List.of(mappings))),
                (secret, scope) -> secret);
        return new LoginId(settings).of(user, typed);
    }
}
