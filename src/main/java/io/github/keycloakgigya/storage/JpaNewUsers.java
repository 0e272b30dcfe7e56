package io.github.keycloakgigya.storage;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;
import org.keycloak.representations.idm.MembershipType;

/**
 * Adds users as Keycloak's {@code JpaUserProvider.addUser} and {@link UserImport} do, but table by table, so that the
 * database gets rows of one table in batches.
 */
final class JpaNewUsers {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager entities;
    private final BulkFederation federation;

    JpaNewUsers(KeycloakSession session, RealmModel realm, EntityManager entities, BulkFederation federation) {
        this.session = session;
        this.realm = realm;
        this.entities = entities;
        this.federation = federation;
    }

    void add(List<BulkAccount> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        var users = new LinkedHashMap<UserAdapter, BulkAccount>();
        accounts.forEach(account -> users.put(user(account), account));
        users.keySet().forEach(user -> entities.persist(user.getEntity()));
        users.forEach(this::addAttributes);
        var role = realm.getDefaultRole();
        users.keySet().forEach(user -> addRole(user, role));
        var groups = realm.getDefaultGroupsStream().toList();
        groups.forEach(group -> users.keySet().forEach(user -> addGroup(user, group)));
        requiredActions().forEach(action -> users.keySet().forEach(user -> user.addRequiredAction(action)));
        entities.flush();
        // Or else everything would be compared once more at the end. Whoever is told reads a user anew.
        entities.clear();
        tell(users.keySet().stream().map(this::readAnew).toList(), role, groups);
    }

    private UserAdapter readAnew(UserAdapter user) {
        return new UserAdapter(session, realm, entities, entities.getReference(UserEntity.class, user.getId()));
    }

    private UserAdapter user(BulkAccount account) {
        var entity = new UserEntity();
        entity.setId(new UserIds(federation.componentId()).of(account.profile().uid()));
        entity.setRealmId(realm.getId());
        var now = Time.currentTimeMillis();
        entity.setCreatedTimestamp(now);
        JpaFit.setLastModified(entity, now);
        entity.setFederationLink(federation.componentId());
        entity.setEnabled(account.active());
        var user = new UserAdapter(session, realm, entities, entity);
        var verified = account.profile().email().isPresent()
                && (federation.settings().site().trustEmail() || account.emailVerified());
        new ProfileWriter(account.profile(), true).writeProperties(user, verified);
        return user;
    }

    private void addAttributes(UserAdapter user, BulkAccount account) {
        user.setSingleAttribute(FederatedUser.UID, account.profile().uid());
        if (!account.active()) {
            user.setSingleAttribute(FederatedUser.MISSING, Boolean.TRUE.toString());
        }
        new ProfileWriter(account.profile(), true).writeAttributes(user);
    }

    private void addRole(UserAdapter user, RoleModel role) {
        var mapping = new UserRoleMappingEntity();
        mapping.setUser(user.getEntity());
        mapping.setRoleId(role.getId());
        entities.persist(mapping);
    }

    private void addGroup(UserAdapter user, GroupModel group) {
        var membership = new UserGroupMembershipEntity();
        membership.setUser(user.getEntity());
        membership.setGroupId(group.getId());
        membership.setMembershipType(MembershipType.UNMANAGED);
        entities.persist(membership);
    }

    private List<String> requiredActions() {
        return realm.getRequiredActionProvidersStream()
                .filter(RequiredActionProviderModel::isEnabled)
                .filter(RequiredActionProviderModel::isDefaultAction)
                .map(RequiredActionProviderModel::getAlias)
                .toList();
    }

    // Workflows and organizations listen.
    private void tell(Collection<UserAdapter> users, RoleModel role, List<GroupModel> groups) {
        for (var user : users) {
            RoleModel.RoleGrantedEvent.fire(role, user, session);
            groups.forEach(group -> GroupModel.GroupMemberJoinEvent.fire(group, user, session));
        }
    }
}
