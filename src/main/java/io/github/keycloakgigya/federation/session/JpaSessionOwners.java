package io.github.keycloakgigya.federation.session;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.MultiSiteUtils;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells who of many users has sessions, by one statement. Keycloak's own providers are asked for one user at a time. */
final class JpaSessionOwners {

    private JpaSessionOwners() {}

    /**
     * {@return the ids of those who have no sessions, offline ones included} Nobody's where the server keeps sessions in
     * memory alone, and not in the database as it does by default since Keycloak 26.
     */
    static Set<String> noneAmong(KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        var entities = Optional.ofNullable(session.getProvider(JpaConnectionProvider.class))
                .map(JpaConnectionProvider::getEntityManager);
        if (userIds.isEmpty() || entities.isEmpty() || !MultiSiteUtils.isPersistentSessionsEnabled()) {
            return Set.of();
        }
        var none = new HashSet<>(userIds);
        none.removeAll(owners(entities.get(), realm, userIds));
        return none;
    }

    // Without a look at what has expired: to end it as well is no harm.
    private static List<String> owners(EntityManager entities, RealmModel realm, Collection<String> userIds) {
        return entities.createQuery(
                        "select distinct s.userId from PersistentUserSessionEntity s"
                                + " where s.realmId = :realm and s.userId in :users",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("users", userIds)
                .getResultList();
    }
}
