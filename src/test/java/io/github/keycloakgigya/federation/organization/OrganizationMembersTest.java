package io.github.keycloakgigya.federation.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.GigyaAccount.OrganizationMembership;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

class OrganizationMembersTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private final OrganizationProvider organizations = mock(OrganizationProvider.class);
    private final GroupModel buyers = mock(GroupModel.class);
    private final Set<RoleModel> rolesOfBuyers = new HashSet<>();
    private final Set<String> members = new HashSet<>();

    @BeforeEach
    void open() {
        when(session.getProvider(OrganizationProvider.class)).thenReturn(organizations);
        when(session.getContext()).thenReturn(mock(KeycloakContext.class));
        when(realm.isOrganizationsEnabled()).thenReturn(true);
        when(realm.getGroupById("buyers")).thenReturn(buyers);
        when(buyers.getId()).thenReturn("buyers");
        when(buyers.getName()).thenReturn("buyer");
        when(buyers.getRoleMappingsStream()).thenAnswer(call -> rolesOfBuyers.stream());
        organization("id-of-acme", "acme", buyers);
        organization("id-of-umbrella", "umbrella");
    }

    private void organization(String id, String alias, GroupModel... groups) {
        var organization = mock(OrganizationModel.class);
        when(organization.getId()).thenReturn(id);
        when(organization.getAlias()).thenReturn(alias);
        when(organizations.getById(id)).thenReturn(organization);
        when(organizations.getByAlias(alias)).thenReturn(organization);
        when(organizations.getTopLevelGroups(organization, null, null)).thenAnswer(call -> Stream.of(groups));
        when(organizations.getOrganizationGroupsByMember(organization, user)).thenAnswer(call -> Stream.empty());
        when(organizations.isMember(organization, user)).thenAnswer(call -> members.contains(id));
        when(organizations.addMember(organization, user)).thenAnswer(call -> members.add(id));
        when(organizations.removeMember(organization, user)).thenAnswer(call -> members.remove(id));
    }

    private List<String> change(List<String> given, List<String> wanted) {
        return new OrganizationMembers(session, realm).change(user, given, wanted);
    }

    @Test
    void what_an_account_asks_for_is_what_the_realm_has() {
        var found = new RealmOrganizations("federation");
        var memberships = List.of(
                new OrganizationMembership("acme", Set.of("buyer", "king")),
                new OrganizationMembership("nowhere", Set.of("buyer")),
                new OrganizationMembership("umbrella", Set.of("buyer")));

        assertThat(found.membershipsOf(session, realm, memberships))
                .containsExactly("id-of-acme", "id-of-acme/buyers", "id-of-umbrella");
    }

    @Test
    void an_organization_is_looked_up_once_for_any_number_of_accounts() {
        var found = new RealmOrganizations("federation");
        for (var account = 0; account < 500; account++) {
            found.membershipsOf(
                    session,
                    realm,
                    List.of(
                            new OrganizationMembership("acme", Set.of("buyer")),
                            new OrganizationMembership("nowhere", Set.of())));
        }

        verify(organizations, times(1)).getByAlias("acme");
        verify(organizations, times(1)).getByAlias("nowhere");
        verify(organizations, times(1)).getTopLevelGroups(any(), any(), any());
        verify(buyers, times(1)).getRoleMappingsStream();
    }

    @Test
    void a_group_that_makes_an_administrator_is_not_given_and_taken_back_from_whom_gigya_gave_it() {
        members.add("id-of-acme");
        var given = List.of("id-of-acme", "id-of-acme/buyers");
        var client = mock(ClientModel.class);
        when(client.getClientId()).thenReturn("realm-management");
        var manageUsers = mock(RoleModel.class);
        when(manageUsers.getContainer()).thenReturn(client);
        var composite = mock(RoleModel.class);
        when(composite.getId()).thenReturn("composite");
        when(composite.getName()).thenReturn("helper");
        when(composite.isComposite()).thenReturn(true);
        when(composite.getCompositesStream()).thenAnswer(call -> Stream.of(manageUsers));
        rolesOfBuyers.add(composite);

        var wanted = new RealmOrganizations("federation")
                .membershipsOf(session, realm, List.of(new OrganizationMembership("acme", Set.of("buyer"))));

        assertThat(wanted).containsExactly("id-of-acme");
        assertThat(change(given, wanted)).containsExactly("id-of-acme");
        verify(user).leaveGroup(buyers);
        verify(user, never()).joinGroup(any());
    }

    @Test
    void who_is_no_member_of_an_organization_any_more_gets_none_of_its_groups() {
        assertThat(change(List.of("id-of-acme"), List.of("id-of-acme", "id-of-acme/buyers")))
                .containsExactly("id-of-acme");

        assertThat(members).isEmpty();
        verify(user, never()).joinGroup(any());
    }

    @Test
    void an_alias_in_another_letter_case_is_another_organization() {
        var acme = organizations.getByAlias("acme");
        when(organizations.getByAlias("ACME")).thenReturn(acme);

        assertThat(new RealmOrganizations("federation")
                        .membershipsOf(session, realm, List.of(new OrganizationMembership("ACME", Set.of()))))
                .isEmpty();
    }

    @Test
    void what_is_given_is_remembered() {
        assertThat(change(List.of(), List.of("id-of-acme/buyers", "id-of-acme")))
                .containsExactly("id-of-acme", "id-of-acme/buyers");
        assertThat(members).containsExactly("id-of-acme");
        verify(user).joinGroup(buyers);
    }

    @Test
    void what_an_administrator_gave_is_not_remembered_and_not_taken() {
        members.add("id-of-acme");

        assertThat(change(List.of(), List.of("id-of-acme"))).isEmpty();
        assertThat(change(List.of(), List.of())).isEmpty();

        verify(organizations, never()).addMember(any(), any());
        verify(organizations, never()).removeMember(any(), any());
    }

    @Test
    void what_was_given_is_taken_once_the_account_does_not_ask_for_it() {
        members.addAll(List.of("id-of-acme", "id-of-umbrella"));

        assertThat(change(List.of("id-of-acme", "id-of-acme/buyers", "id-of-umbrella"), List.of("id-of-umbrella")))
                .containsExactly("id-of-umbrella");

        assertThat(members).containsExactly("id-of-umbrella");
        verify(user).leaveGroup(buyers);
    }

    @Test
    void what_was_given_and_an_administrator_took_is_not_given_again() {
        assertThat(change(List.of("id-of-acme"), List.of("id-of-acme", "id-of-umbrella")))
                .containsExactly("id-of-acme", "id-of-umbrella");

        assertThat(members).containsExactly("id-of-umbrella");
    }

    @Test
    void a_user_whom_an_organization_has_come_to_manage_is_not_removed_with_the_membership() {
        members.add("id-of-acme");
        var acme = organizations.getById("id-of-acme");
        when(organizations.isManagedMember(acme, user)).thenReturn(true);

        assertThat(change(List.of("id-of-acme"), List.of())).isEmpty();

        verify(organizations, never()).removeMember(any(), any());
    }

    @Test
    void an_organization_or_a_group_that_is_gone_is_no_obstacle() {
        assertThat(change(List.of("gone", "gone/group", "id-of-acme/gone"), List.of("gone-too", "gone-too/group")))
                .isEmpty();
    }

    @Test
    void a_realm_without_organizations_is_left_alone() {
        when(realm.isOrganizationsEnabled()).thenReturn(false);
        assertThat(RealmOrganizations.areOn(session, realm)).isFalse();

        when(realm.isOrganizationsEnabled()).thenReturn(true);
        when(session.getProvider(OrganizationProvider.class)).thenReturn(null);
        assertThat(RealmOrganizations.areOn(session, realm)).isFalse();
    }
}
