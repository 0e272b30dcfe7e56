package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.JpaBrokerLinks;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.Metamodel;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRequiredActionEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Whether the running Keycloak's entities are those that {@link JpaBulkUsers} knows: no column less, and none more. */
final class JpaFit {

    // Keycloak 26.7 has it, 26.5 does not.
    private static final String LAST_MODIFIED = "lastModifiedTimestamp";
    private static final Optional<Method> SET_LAST_MODIFIED = Arrays.stream(UserEntity.class.getMethods())
            .filter(method -> method.getName().equals("setLastModifiedTimestamp"))
            .findFirst();

    private JpaFit() {}

    /** {@return whether users can be written through the entities} */
    static boolean isGiven(KeycloakSession session) {
        var connection = session.getProvider(JpaConnectionProvider.class);
        return connection != null
                && UserStoragePrivateUtil.userLocalStorage(session).getClass() == JpaUserProvider.class
                && JpaBrokerLinks.isFit(session)
                && isKnown(connection.getEntityManager().getMetamodel());
    }

    static void setLastModified(UserEntity user, long timestamp) {
        if (SET_LAST_MODIFIED.isPresent()) {
            try {
                SET_LAST_MODIFIED.get().invoke(user, timestamp);
            } catch (ReflectiveOperationException changed) {
                throw new IllegalStateException(changed);
            }
        }
    }

    private static boolean isKnown(Metamodel entities) {
        var user = new HashSet<>(attributes(entities, UserEntity.class));
        user.remove(LAST_MODIFIED);
        return user.equals(Set.of(
                        "id",
                        "realmId",
                        "username",
                        "email",
                        "emailConstraint",
                        "emailVerified",
                        "firstName",
                        "lastName",
                        "enabled",
                        "createdTimestamp",
                        "notBefore",
                        "federationLink",
                        "serviceAccountClientLink",
                        "attributes",
                        "requiredActions",
                        "credentials",
                        "federatedIdentities"))
                && attributes(entities, UserAttributeEntity.class)
                        .equals(Set.of(
                                "id", "user", "name", "value", "longValue", "longValueHash", "longValueHashLowerCase"))
                && attributes(entities, UserRoleMappingEntity.class).equals(Set.of("user", "roleId"))
                && attributes(entities, UserGroupMembershipEntity.class)
                        .equals(Set.of("user", "groupId", "membershipType"))
                && attributes(entities, UserRequiredActionEntity.class).equals(Set.of("user", "action"));
    }

    private static Set<String> attributes(Metamodel entities, Class<?> type) {
        return entities.entity(type).getAttributes().stream()
                .map(Attribute::getName)
                .collect(Collectors.toSet());
    }
}
