package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;

/** Which roles and groups give rights to administer Keycloak. */
class AdminRightsTest {

    private final RealmModel shop = realm("shop");
    private final RoleModel member = role("member", shop);
    private final RoleModel admin = role("admin", shop);

    @ParameterizedTest
    @ValueSource(strings = {"admin", "create-realm"})
    void realm_roles_of_administrators_are_given_only_where_that_was_confirmed(String name) throws Exception {
        assertRefused(role(name, shop));
        AdminRights.parse(SettingsReader.ofConfig(Map.of("adminRightsConfirmed", "true")))
                .requireMayGive(role(name, shop));
        assertThat(AdminRights.parse(SettingsReader.ofConfig(Map.of()))).isEqualTo(AdminRights.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "realm-management, shop, true",
        "other-realm, master, true",
        "app, shop, false",
        "other, master, false",
        "third-realm, shop, false"
    })
    void roles_of_clients_count_by_their_client(String clientId, String realmName, boolean administers) {
        var ofRealm = realm(realmName);
        var client = mock(ClientModel.class);
        when(client.getClientId()).thenReturn(clientId);
        when(client.getRealm()).thenReturn(ofRealm);

        if (administers) {
            assertRefused(role("manage-users", client));
        } else {
            assertGiven(role("admin", client));
        }
    }

    @Test
    void a_role_that_includes_an_administrators_however_deep_is_refused() {
        var middle = composite("middle", admin);
        var outer = composite("outer");
        // A circle, which Keycloak does not forbid.
        when(outer.getCompositesStream()).thenAnswer(call -> Stream.of(outer, member, middle));

        assertRefused(outer);
        assertGiven(composite("harmless", composite("within", member)));
    }

    @Test
    void a_group_gives_what_its_roles_and_the_groups_above_it_give() throws Exception {
        var harmless = group("harmless", null, member);
        var above = group("above", null, composite("outer", admin));
        var below = group("below", above, member);

        assertThat(AdminRights.NONE.mayGive(harmless)).isTrue();
        assertThat(AdminRights.NONE.mayGive(above)).isFalse();
        assertThat(AdminRights.NONE.mayGive(below)).isFalse();
        AdminRights.NONE.requireMayGive(harmless);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AdminRights.NONE.requireMayGive(below))
                .withMessageContaining("gigyaGroupAdministers[below]");
        new AdminRights(true).requireMayGive(below);
    }

    @Test
    void the_admin_console_shows_a_switch_that_is_off() {
        assertThat(AdminRights.property().getName()).isEqualTo("adminRightsConfirmed");
        assertThat(AdminRights.property().getDefaultValue()).isEqualTo(false);
    }

    private static void assertRefused(RoleModel role) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AdminRights.NONE.requireMayGive(role))
                .withMessageContaining("gigyaRoleAdministers");
    }

    private static void assertGiven(RoleModel role) {
        assertThatNoException().isThrownBy(() -> AdminRights.NONE.requireMayGive(role));
    }

    private static RealmModel realm(String name) {
        var realm = mock(RealmModel.class);
        when(realm.getName()).thenReturn(name);
        return realm;
    }

    private static RoleModel role(String name, RoleContainerModel container) {
        var role = mock(RoleModel.class);
        when(role.getId()).thenReturn("id of " + name);
        when(role.getName()).thenReturn(name);
        when(role.getContainer()).thenReturn(container);
        return role;
    }

    private RoleModel composite(String name, RoleModel... parts) {
        var role = role(name, shop);
        when(role.isComposite()).thenReturn(true);
        when(role.getCompositesStream()).thenAnswer(call -> Stream.of(parts));
        return role;
    }

    private static GroupModel group(String name, GroupModel parent, RoleModel... roles) {
        var group = mock(GroupModel.class);
        when(group.getId()).thenReturn("id of " + name);
        when(group.getName()).thenReturn(name);
        when(group.getParent()).thenReturn(parent);
        when(group.getRoleMappingsStream()).thenAnswer(call -> Stream.of(roles));
        return group;
    }
}
