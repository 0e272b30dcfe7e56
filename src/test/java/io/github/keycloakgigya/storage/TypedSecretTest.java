package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/** Which secrets of a federation count as typed when it is saved: Keycloak has put what is stored in the mask's place. */
class TypedSecretTest {

    private static final String SECRET = "c2VjcmV0IHNlY3JldA==";

    private final RealmModel realm = mock(RealmModel.class);

    @Test
    void a_new_federations_secret_is_bound_to_what_it_was_typed_for() throws SettingsException {
        var created = component(null, SECRET);

        GigyaUserStorageProviderFactory.bindSecret(realm, created);

        assertThat(created.get("secret"))
                .contains(SECRET, created.get("apiKey"), "us1")
                .startsWith("{");
    }

    @Test
    void so_is_another_one_than_is_stored() throws SettingsException {
        when(realm.getComponent("id")).thenReturn(component("id", "b3RoZXIgc2VjcmV0"));
        var changed = component("id", SECRET);

        GigyaUserStorageProviderFactory.bindSecret(realm, changed);

        assertThat(changed.get("secret")).startsWith("{");
    }

    @Test
    void what_is_stored_without_what_it_is_for_is_nobodys_typing() {
        when(realm.getComponent("id")).thenReturn(component("id", SECRET));
        var changed = component("id", SECRET);
        changed.put("apiKey", "3_" + "z".repeat(64));

        assertThatThrownBy(() -> GigyaUserStorageProviderFactory.bindSecret(realm, changed))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refusal -> assertThat(refusal.messageKey()).isEqualTo("gigyaSecretUnbound"));
        assertThat(changed.get("secret")).isEqualTo(SECRET);
    }

    @Test
    void what_is_bound_stays_as_it_is() throws SettingsException {
        var stored = component("id", SECRET);
        GigyaUserStorageProviderFactory.bindSecret(realm, stored);
        when(realm.getComponent("id")).thenReturn(stored);
        var changed = component("id", stored.get("secret"));
        changed.put("apiKey", "3_" + "z".repeat(64));

        GigyaUserStorageProviderFactory.bindSecret(realm, changed);

        assertThat(changed.get("secret")).isEqualTo(stored.get("secret"));
    }

    @Test
    void a_reference_to_the_vault_may_stay() throws SettingsException {
        when(realm.getComponent("id")).thenReturn(component("id", "${vault.gigya}"));
        var changed = component("id", "${vault.gigya}");

        GigyaUserStorageProviderFactory.bindSecret(realm, changed);

        assertThat(changed.get("secret")).isEqualTo("${vault.gigya}");
    }

    private static ComponentModel component(String id, String secret) {
        var component = new ComponentModel();
        component.setId(id);
        component.put("apiKey", "3_" + "a".repeat(64));
        component.put("secret", secret);
        return component;
    }
}
