package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.Newcomers;
import io.github.keycloakgigya.federation.ProfileMembers;
import io.github.keycloakgigya.federation.ProfileWriter;
import io.github.keycloakgigya.federation.UserIds;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.MembershipType;

/**
 * Adds users as Keycloak's {@code JpaUserProvider.addUser} and {@link Newcomers} do, but table by table, so that the
 * database gets rows of one table in batches.
 */
final class JpaNewUsers {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager entities;
    private final DetachedFederation federation;
    private final UserIds ids;

    JpaNewUsers(KeycloakSession session, RealmModel realm, EntityManager entities, DetachedFederation federation) {
        this.session = session;
        this.realm = realm;
        this.entities = entities;
        this.federation = federation;
        this.ids = federation.ids();
    }

    void add(List<FoundProfile> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        var users = new LinkedHashMap<UserEntity, FoundProfile>();
        accounts.forEach(account -> users.put(user(account), account));
        var role = realm.getDefaultRole();
        var groups = realm.getDefaultGroupsStream().toList();
        var actions = requiredActions();
        // What was changed before may have freed a name.
        entities.flush();
        new JpaRows(entities, UserEntity.class).add(List.copyOf(users.keySet()));
        new JpaRows(entities, UserAttributeEntity.class)
                .add(users.entrySet().stream()
                        .flatMap(user -> attributes(user.getKey(), user.getValue()))
                        .toList());
        var userIds = users.keySet().stream().map(UserEntity::getId).toList();
        assign(userIds, "UserRoleMappingEntity (user, roleId) select u, :what", role.getId());
        groups.forEach(group -> assign(
                userIds,
                "UserGroupMembershipEntity (user, groupId, membershipType) select u, :what, '"
                        + MembershipType.UNMANAGED.name() + "'",
                group.getId()));
        actions.forEach(action -> assign(userIds, "UserRequiredActionEntity (user, action) select u, :what", action));
        tell(users.keySet().stream().map(this::readAnew).toList(), role, groups);
        // Reads the user, two statements for each.
        users.forEach((user, account) -> {
            if (ProfileMembers.wantedBy(account.profile())) {
                ProfileMembers.write(session, realm, account.profile(), readAnew(user));
            }
        });
    }

    // What all of them get, one statement gives to all of them.
    private void assign(List<String> userIds, String insertion, String what) {
        entities.createQuery("insert into " + insertion + " from UserEntity u where u.id in :ids")
                .setParameter("what", what)
                .setParameter("ids", userIds)
                .executeUpdate();
    }

    private UserAdapter readAnew(UserEntity user) {
        return new UserAdapter(session, realm, entities, entities.getReference(UserEntity.class, user.getId()));
    }

    private UserEntity user(FoundProfile account) {
        var entity = new UserEntity();
        entity.setId(ids.of(account.profile().uid()));
        entity.setRealmId(realm.getId());
        var now = Time.currentTimeMillis();
        entity.setCreatedTimestamp(now);
        JpaFit.setLastModified(entity, now);
        entity.setFederationLink(federation.componentId());
        entity.setEnabled(account.active());
        new ProfileWriter(account.profile(), true).writeProperties(new UserAdapter(session, realm, entities, entity));
        return entity;
    }

    private static Stream<UserAttributeEntity> attributes(UserEntity user, FoundProfile account) {
        var attributes = Stream.<UserAttributeEntity>builder();
        attributes.add(
                attribute(user, FederatedUser.UID, account.profile().uid().value()));
        if (!account.active()) {
            attributes.add(attribute(user, FederatedUser.MISSING, Boolean.TRUE.toString()));
        }
        account.profile().attributes().forEach((name, values) -> {
            if (!ProfileWriter.isProperty(name)) {
                values.forEach(value -> attributes.add(attribute(user, name, value)));
            }
        });
        return attributes.build();
    }

    private static UserAttributeEntity attribute(UserEntity user, String name, String value) {
        var attribute = new UserAttributeEntity();
        attribute.setId(KeycloakModelUtils.generateId());
        attribute.setUser(user);
        attribute.setName(name);
        attribute.setValue(value);
        return attribute;
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
