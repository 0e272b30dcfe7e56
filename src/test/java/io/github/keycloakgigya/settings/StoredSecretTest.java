package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.component.ComponentModel;

class StoredSecretTest {

    private static final String KEY = "3_key";
    private static final String SECRET = "c2VjcmV0";

    private final StoredSecret inAmerica = new StoredSecret(Optional.of(reader(Map.of("apiKey", KEY))));

    @ParameterizedTest
    @CsvSource({"dataCenter, eu1", "apiDomain, login.example.com", "apiKey, 3_other", "userKey, AKey"})
    void a_secret_must_be_typed_again_for_another(String setting, String value) {
        var changed = component(Map.of("apiKey", KEY));
        changed.put(setting, value);

        assertThatThrownBy(() -> inAmerica.requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.messageKey()).isEqualTo("gigyaSecretAgain"));

        changed.put("secret", SECRET + " ");
        assertThatCode(() -> inAmerica.requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"dataCenter, us1", "apiDomain, ''", "userKey, ''", "apiKey, '3_key '", "usernameField, UID"})
    void it_need_not_be_for_what_says_the_same_or_nothing_of_it(String setting, String value) {
        var changed = component(Map.of("apiKey", KEY));
        changed.put(setting, value);

        assertThatCode(() -> inAmerica.requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'${vault.gigya}', '${vault.gigya}'",
        "'${vault.gigya}', '${vault.gigya} '",
        "'${vault.gigya} ', ' ${vault.gigya}'",
        "'${vault.gigya}', '${vault.other}'",
        "c2VjcmV0, '${vault.gigya}'"
    })
    void a_reference_to_the_vault_is_no_knowledge_of_the_secret(String stored, String typed) {
        var secret = new StoredSecret(Optional.of(reader(Map.of("apiKey", KEY, "secret", stored))));
        var changed = component(Map.of("apiKey", KEY, "apiDomain", "login.example.com", "secret", typed));

        assertThatThrownBy(() -> secret.requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .isInstanceOf(SettingsException.class);

        changed.put("secret", "bmV3");
        assertThatCode(() -> secret.requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .doesNotThrowAnyException();
    }

    @Test
    void a_data_center_is_no_host_where_a_domain_replaces_it() {
        var domain = Map.of("apiKey", KEY, "apiDomain", "login.example.com");
        var changed = component(domain);
        changed.put("dataCenter", "eu1");

        assertThatCode(() -> new StoredSecret(Optional.of(reader(domain)))
                        .requireTypedAgainFor(SettingsReader.ofComponent(changed.getConfig())))
                .doesNotThrowAnyException();
    }

    @Test
    void a_reference_to_the_vault_may_take_the_place_of_a_secret_where_it_is_used_as_before() {
        assertThatCode(() -> inAmerica.requireTypedAgainFor(reader(Map.of("apiKey", KEY, "secret", "${vault.gigya}"))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_new_federation_has_no_secret_that_could_be_stolen() {
        assertThatCode(() -> new StoredSecret(Optional.empty()).requireTypedAgainFor(reader(Map.of("apiKey", KEY))))
                .doesNotThrowAnyException();
        assertThatCode(() -> new StoredSecret(Optional.empty())
                        .requireTypedAgainFor(reader(Map.of("apiKey", KEY, "secret", "${vault.gigya}"))))
                .doesNotThrowAnyException();
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return SettingsReader.ofComponent(component(settings).getConfig());
    }

    private static ComponentModel component(Map<String, String> settings) {
        var component = new ComponentModel();
        component.put("secret", SECRET);
        settings.forEach(component::put);
        return component;
    }
}
