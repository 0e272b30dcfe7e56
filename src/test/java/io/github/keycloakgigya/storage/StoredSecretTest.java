package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

class StoredSecretTest {

    private final ComponentModel stored = component("login.example.com", "c2VjcmV0");

    @Test
    void a_stored_secret_never_goes_to_another_custom_host() {
        assertThatThrownBy(() -> save(component("evil.example", "c2VjcmV0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gigyaSecretAgain")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void whoever_types_a_secret_may_choose_the_host() {
        assertThatCode(() -> save(component("evil.example", "YW5vdGhlcg=="))).doesNotThrowAnyException();
        assertThatCode(() -> save(component("new.example.com", "c2VjcmV0 "))).doesNotThrowAnyException();
    }

    @Test
    void a_stored_secret_may_go_back_to_gigyas_own_hosts() {
        assertThatCode(() -> save(component("", "c2VjcmV0"))).doesNotThrowAnyException();
    }

    @Test
    void other_settings_need_no_secret() {
        assertThatCode(() -> save(component("login.example.com", "c2VjcmV0"))).doesNotThrowAnyException();
    }

    @Test
    void a_new_federation_may_have_any_host() {
        assertThatCode(() -> StoredSecret.of(null).requireTypedAgainFor(stored)).doesNotThrowAnyException();
    }

    private void save(ComponentModel changed) throws SettingsException {
        StoredSecret.of(stored).requireTypedAgainFor(changed);
    }

    private static ComponentModel component(String apiDomain, String secret) {
        var component = new ComponentModel();
        component.put("apiDomain", apiDomain);
        component.put("secret", secret);
        return component;
    }
}
