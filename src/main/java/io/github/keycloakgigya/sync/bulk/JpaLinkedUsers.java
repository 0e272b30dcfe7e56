package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.sync.bulk.BulkUsers.KnownUser;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Lists the users of a federation, which Keycloak's model API can't look up by their link. */
final class JpaLinkedUsers {

    private static final String LINKED = " from UserEntity u where u.realmId = :realm and u.federationLink = :link";

    private final EntityManager entities;
    private final DetachedFederation federation;

    JpaLinkedUsers(KeycloakSession session, DetachedFederation federation) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.federation = federation;
    }

    List<KnownUser> after(String id, int most) {
        // An empty text is null to some databases, and nothing is behind null.
        var behind = id.isEmpty() ? "" : " and u.id > :id";
        var query = linked("select u.id, u.enabled" + LINKED + behind + " order by u.id", Object[].class);
        if (!id.isEmpty()) {
            query.setParameter("id", id);
        }
        var rows = query.setMaxResults(most).getResultList();
        var uids = uids(rows.stream().map(row -> (String) row[0]).toList());
        return rows.stream()
                .map(row -> new KnownUser(
                        (String) row[0], Optional.ofNullable(uids.get((String) row[0])), (boolean) row[1]))
                .toList();
    }

    long count() {
        return linked("select count(u)" + LINKED, Long.class).getSingleResult();
    }

    private HashMap<String, Uid> uids(List<String> ids) {
        var uids = new HashMap<String, Uid>();
        if (!ids.isEmpty()) {
            entities.createQuery(
                            "select a.user.id, a.value from UserAttributeEntity a"
                                    + " where a.user.id in :ids and a.name = :name",
                            Object[].class)
                    .setParameter("ids", ids)
                    .setParameter("name", FederatedUser.UID)
                    .getResultStream()
                    .forEach(row -> Uid.of((String) row[1]).ifPresent(uid -> uids.putIfAbsent((String) row[0], uid)));
        }
        return uids;
    }

    private <T> TypedQuery<T> linked(String query, Class<T> type) {
        return entities.createQuery(query, type)
                .setParameter("realm", federation.realmId())
                .setParameter("link", federation.componentId());
    }
}
