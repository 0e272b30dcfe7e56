package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserEntity;

/** Reads many users of a realm at once, with their attributes where they are needed. */
public final class JpaStoredUsers {

    private static final String WITH_ATTRIBUTES =
            "select u from UserEntity u left join fetch u.attributes where u.id in :ids";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager entities;

    /** @param entities of the session's transaction */
    public JpaStoredUsers(KeycloakSession session, RealmModel realm, EntityManager entities) {
        this.session = session;
        this.realm = realm;
        this.entities = entities;
    }

    /** {@return the users of these ids, to be read only} */
    public List<UserModel> byIds(Collection<String> ids) {
        // First who is there, mostly nobody in a first sync: joined with nothing, a table of attributes is read whole.
        var present = ids.isEmpty() ? List.<String>of() : present(ids);
        return present.isEmpty()
                ? List.of()
                : found(readOnly(users(WITH_ATTRIBUTES).setParameter("ids", present)))
                        .toList();
    }

    private List<String> present(Collection<String> ids) {
        return entities.createQuery("select u.id from UserEntity u where u.id in :ids", String.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** {@return the users that have one of these UIDs, perhaps of another federation, to be read only} */
    public List<UserModel> byUids(Collection<Uid> uids) {
        if (uids.isEmpty()) {
            return List.of();
        }
        var ids = entities.createQuery(
                        "select a.user.id from UserAttributeEntity a where a.name = :name and a.value in :uids",
                        String.class)
                .setParameter("name", FederatedUser.UID)
                .setParameter("uids", uids.stream().map(Uid::value).toList())
                .getResultList();
        return byIds(new HashSet<>(ids));
    }

    /** {@return the users with one of these names, in lower case} */
    public List<UserModel> byUsernames(Set<String> usernames) {
        return usernames.isEmpty()
                ? List.of()
                : found(readOnly(users("select u from UserEntity u where u.realmId = :realm and u.username in :names")
                                .setParameter("realm", realm.getId())
                                .setParameter("names", usernames)))
                        .toList();
    }

    /** {@return the users with one of these addresses, in lower case} */
    public List<UserModel> byEmails(Set<String> emails) {
        // Without the realm, by whose index PostgreSQL would rather read all of its users.
        return emails.isEmpty()
                ? List.of()
                : found(readOnly(users("select u from UserEntity u where u.email in :emails")
                                .setParameter("emails", emails)))
                        .toList();
    }

    /** {@return the users of these ids as nobody can change them until this transaction ends} */
    public List<UserModel> locked(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        // First of all, so that a database that reads as of the first look does not look earlier. In one order, so that
        // two transactions don't wait for each other.
        users("select u from UserEntity u where u.id in :ids order by u.id")
                .setParameter("ids", ids)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        return found(users(WITH_ATTRIBUTES).setParameter("ids", ids)).toList();
    }

    /** {@return what Keycloak's federated storage has of these users under a name, by their ids} */
    Map<String, String> notes(String name, Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select a.userId, a.value from FederatedUserAttributeEntity a"
                                        + " where a.userId in :ids and a.realmId = :realm and a.name = :name",
                                Object[].class)
                        .setParameter("ids", ids)
                        .setParameter("realm", realm.getId())
                        .setParameter("name", name)
                        .getResultStream()
                        .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1], (one, other) -> one));
    }

    /** Reads the credentials of these users at once, whom this transaction has read, and else would read them one by one. */
    public void loadCredentials(Collection<String> ids) {
        if (!ids.isEmpty()) {
            users("select u from UserEntity u left join fetch u.credentials where u.id in :ids")
                    .setParameter("ids", ids)
                    .getResultList();
        }
    }

    private Stream<UserModel> found(TypedQuery<UserEntity> query) {
        return query.getResultList().stream()
                .filter(user -> realm.getId().equals(user.getRealmId()))
                .map(user -> new UserAdapter(session, realm, entities, user));
    }

    private TypedQuery<UserEntity> users(String query) {
        return entities.createQuery(query, UserEntity.class);
    }

    private static TypedQuery<UserEntity> readOnly(TypedQuery<UserEntity> query) {
        return query.setHint(HibernateHints.HINT_READ_ONLY, true);
    }
}
