package io.github.keycloakgigya.storage;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.keycloak.common.util.Time;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRequiredActionEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;
import org.keycloak.models.utils.KeycloakModelUtils;
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
    private final UserIds ids;

    JpaNewUsers(KeycloakSession session, RealmModel realm, EntityManager entities, BulkFederation federation) {
        this.session = session;
        this.realm = realm;
        this.entities = entities;
        this.federation = federation;
        this.ids = federation.ids();
    }

    void add(List<BulkAccount> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        var users = new LinkedHashMap<UserEntity, BulkAccount>();
        accounts.forEach(account -> users.put(user(account), account));
        var role = realm.getDefaultRole();
        var groups = realm.getDefaultGroupsStream().toList();
        var actions = requiredActions();
        // What was changed before may have freed a name.
        entities.flush();
        // Without a persistence context, which would look at everything again at its end.
        try (var rows = entities.unwrap(Session.class).getSessionFactory().openStatelessSession()) {
            rows.insertMultiple(List.copyOf(users.keySet()));
            insert(rows, users, user -> attributes(user, users.get(user)));
            insert(rows, users, user -> Stream.of(mapping(user, role)));
            insert(rows, users, user -> groups.stream().map(group -> membership(user, group)));
            insert(rows, users, user -> actions.stream().map(action -> requiredAction(user, action)));
        }
        tell(users.keySet().stream().map(this::readAnew).toList(), role, groups);
    }

    private static void insert(
            StatelessSession rows, Map<UserEntity, BulkAccount> users, Function<UserEntity, Stream<?>> ofUser) {
        rows.insertMultiple(users.keySet().stream().flatMap(ofUser).toList());
    }

    private UserAdapter readAnew(UserEntity user) {
        return new UserAdapter(session, realm, entities, entities.getReference(UserEntity.class, user.getId()));
    }

    private UserEntity user(BulkAccount account) {
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

    private static Stream<UserAttributeEntity> attributes(UserEntity user, BulkAccount account) {
        var attributes = Stream.<UserAttributeEntity>builder();
        attributes.add(attribute(user, FederatedUser.UID, account.profile().uid()));
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

    private static UserRoleMappingEntity mapping(UserEntity user, RoleModel role) {
        var mapping = new UserRoleMappingEntity();
        mapping.setUser(user);
        mapping.setRoleId(role.getId());
        return mapping;
    }

    private static UserGroupMembershipEntity membership(UserEntity user, GroupModel group) {
        var membership = new UserGroupMembershipEntity();
        membership.setUser(user);
        membership.setGroupId(group.getId());
        membership.setMembershipType(MembershipType.UNMANAGED);
        return membership;
    }

    private static UserRequiredActionEntity requiredAction(UserEntity user, String action) {
        var required = new UserRequiredActionEntity();
        required.setUser(user);
        required.setAction(action);
        return required;
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
