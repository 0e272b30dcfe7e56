package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PessimisticLockException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Who becomes a member of an organization by a sign-in. */
class AdmissionToOrganizationsTest {

    private final Shop shop =
            Shop.federated(Map.of("organizations", "true", "existingUserPolicy", "linkVerifiedEmail"));
    private final OrganizationProvider organizations = mock(OrganizationProvider.class);
    private final Set<String> members = new HashSet<>();

    @BeforeEach
    void open() {
        shop.realm().setOrganizationsEnabled(true);
        shop.keycloak().provide(OrganizationProvider.class, organizations);
        var acme = mock(OrganizationModel.class);
        when(acme.getId()).thenReturn("id-of-acme");
        when(acme.getAlias()).thenReturn("acme");
        when(organizations.getByAlias("acme")).thenReturn(acme);
        when(organizations.getById("id-of-acme")).thenReturn(acme);
        when(organizations.getTopLevelGroups(acme, null, null)).thenAnswer(call -> Stream.empty());
        when(organizations.isMember(any(), any())).thenAnswer(call -> members.contains(idOf(call.getArgument(1))));
        when(organizations.addMember(any(), any())).thenAnswer(call -> members.add(idOf(call.getArgument(1))));
        when(organizations.removeMember(any(), any())).thenAnswer(call -> members.remove(idOf(call.getArgument(1))));
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com");
    }

    private static String idOf(UserModel user) {
        return user.getId();
    }

    private void belongsTo(Object... organizationsOfAnn) {
        shop.gigya().account("uid_ann").with("groups.organizations", List.of(organizationsOfAnn));
    }

    private UserModel signIn() throws Exception {
        var users = shop.users();
        var connection = shop.session()
                .getProvider(GigyaConnector.class)
                .connect(users.settings().site());
        var account =
                connection.accounts().read(new Uid("uid_ann"), users.settings().fields());
        return users.admit(users.find(new Uid("uid_ann")), account, connection.accounts());
    }

    @Test
    void a_new_user_is_a_member_of_what_the_account_belongs_to() throws Exception {
        belongsTo(Map.of("orgId", "acme"), Map.of("orgId", "nowhere"));

        var user = signIn();

        assertThat(members).containsExactly(user.getId());
        assertThat(user.getAttributeStream("gigya.organizationsGiven")).containsExactly("id-of-acme");
    }

    @Test
    void a_known_user_becomes_one_and_is_one_no_longer() throws Exception {
        var id = signIn().getId();
        belongsTo(Map.of("orgId", "acme"));
        signIn();
        assertThat(members).containsExactly(id);

        belongsTo();
        var user = signIn();

        assertThat(members).isEmpty();
        assertThat(user.getAttributeStream("gigya.organizations")).isEmpty();
        assertThat(user.getAttributeStream("gigya.organizationsGiven")).isEmpty();
    }

    @Test
    void a_sign_in_that_changes_nothing_asks_nothing_of_the_users_memberships() throws Exception {
        belongsTo(Map.of("orgId", "acme"));
        signIn();
        clearInvocations(organizations);

        signIn();

        verify(organizations, never()).isMember(any(), any());
        verify(organizations, never()).addMember(any(), any());
    }

    @Test
    void what_somebody_wrote_about_his_memberships_before_he_was_linked_counts_for_nothing() throws Exception {
        var own = shop.keycloak().addUser("1", "ann@example.com");
        own.setEmail("ann@example.com");
        own.setEmailVerified(true);
        own.setEnabled(true);
        own.setSingleAttribute("gigya.organizations", "id-of-acme");
        own.setSingleAttribute("gigya.organizationsGiven", "id-of-acme");
        members.add("1");

        var user = signIn();

        assertThat(user.getId()).isEqualTo("1");
        assertThat(members).containsExactly("1");
        assertThat(user.getAttributeStream("gigya.organizationsGiven")).isEmpty();
    }

    @Test
    void the_setting_is_off_by_itself_and_then_nothing_is_asked_and_nothing_given() throws Exception {
        shop.federation(Map.of());
        belongsTo(Map.of("orgId", "acme"));

        signIn();
        shop.gigya().calls().clear();
        var user = signIn();

        assertThat(members).isEmpty();
        assertThat(user.getAttributeStream("gigya.organizations")).isEmpty();
        assertThat(shop.gigya().calls()).containsExactly("getJwt");
    }

    @Test
    void a_realm_without_organizations_gives_none() throws Exception {
        shop.realm().setOrganizationsEnabled(false);
        belongsTo(Map.of("orgId", "acme"));

        assertThat(signIn().getAttributeStream("gigya.organizations")).isEmpty();
        assertThat(members).isEmpty();
    }

    @Test
    void what_a_request_gave_to_a_user_who_is_not_imported_the_one_beside_it_does_not_forget() throws Exception {
        shop.federation(Map.of("organizations", "true", "importEnabled", "false"));
        belongsTo(Map.of("orgId", "acme"));
        var id = new UserIds(Shop.FEDERATION).ofRemote(new Uid("uid_ann")).orElseThrow();
        var kept = shop.keycloak().federatedStorage();
        var row = new org.keycloak.storage.jpa.entity.FederatedUser();
        var entities = shop.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        // The row is there from the first time that anything is stored.
        when(entities.find(org.keycloak.storage.jpa.entity.FederatedUser.class, id))
                .thenAnswer(call -> kept.getAttributes(shop.realm(), id).isEmpty() ? null : row);
        doAnswer(call -> {
                    members.add(id);
                    kept.setAttribute(shop.realm(), id, "gigya.organizationsGiven", List.of("id-of-acme"));
                    return null;
                })
                .when(entities)
                .refresh(row, LockModeType.PESSIMISTIC_WRITE);

        signIn();

        verify(entities).refresh(row, LockModeType.PESSIMISTIC_WRITE);
        assertThat(kept.getAttributes(shop.realm(), id))
                .containsEntry("gigya.organizationsGiven", List.of("id-of-acme"))
                .containsEntry("gigya.organizations", List.of("id-of-acme"));
        belongsTo();
        signIn();
        assertThat(members).isEmpty();
        assertThat(kept.getAttributes(shop.realm(), id)).isEmpty();
    }

    @Test
    void a_user_who_is_not_imported_and_whom_others_write_for_too_long_is_told_to_try_again() throws Exception {
        shop.federation(Map.of("organizations", "true", "importEnabled", "false"));
        belongsTo(Map.of("orgId", "acme"));
        var entities = shop.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        when(entities.find(any(), any())).thenReturn(mock(org.keycloak.storage.jpa.entity.FederatedUser.class));
        doThrow(new PessimisticLockException("ann@example.com")).when(entities).refresh(any(), any(LockModeType.class));

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(this::signIn)
                .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE)
                .withMessageNotContaining("ann");
        assertThat(members).isEmpty();
    }
}
