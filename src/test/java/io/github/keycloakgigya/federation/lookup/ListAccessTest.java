package io.github.keycloakgigya.federation.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.lookup.UserLists.ListAccess;
import io.github.keycloakgigya.inmemory.InMemoryKeycloak;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Token;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;

/** Who may see lists of accounts in a realm with fine-grained admin permissions. */
class ListAccessTest {

    private final InMemoryKeycloak keycloak = new InMemoryKeycloak();
    private final InMemoryUser administrator = keycloak.addUser("1", "administrator");
    private final ClientModel realmManagement = keycloak.client("realm-management");

    @BeforeEach
    void ask_as_an_administrator_with_permissions_for_single_users() {
        keycloak.realm().setAdminPermissionsEnabled(true);
        keycloak.context().setBearerToken(mock(Token.class));
        keycloak.context().setUser(administrator);
    }

    @Test
    void permissions_for_single_users_show_no_list() {
        assertThat(isToAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"view-users", "manage-users"})
    void whoever_may_see_all_users_of_the_realm_sees_the_list(String role) {
        administrator.grantRole(roleOf(realmManagement, role));

        assertThat(isToAll()).isTrue();
    }

    @Test
    void another_role_of_realm_management_is_not_enough() {
        administrator.grantRole(roleOf(realmManagement, "query-users"));

        assertThat(isToAll()).isFalse();
    }

    @Test
    void an_administrator_of_all_realms_sees_the_list() {
        var master = mock(ClientModel.class);
        keycloak.realm().setMasterAdminClient(master);
        assertThat(isToAll()).isFalse();

        administrator.grantRole(roleOf(master, "view-users"));
        assertThat(isToAll()).isTrue();
    }

    @Test
    void nobody_who_is_not_known_sees_the_list() {
        keycloak.context().setUser(null);

        assertThat(isToAll()).isFalse();
    }

    @Test
    void where_the_realm_has_no_such_permissions_keycloak_has_looked_already() {
        keycloak.realm().setAdminPermissionsEnabled(false);

        assertThat(isToAll()).isTrue();
    }

    @Test
    void a_login_flow_asks_for_nobody() {
        keycloak.context().setBearerToken(null);

        assertThat(isToAll()).isTrue();
    }

    private boolean isToAll() {
        return new ListAccess(keycloak.session(), keycloak.realm()).isToAll();
    }

    private static RoleModel roleOf(ClientModel client, String name) {
        var role = mock(RoleModel.class);
        when(client.getRole(name)).thenReturn(role);
        return role;
    }
}
