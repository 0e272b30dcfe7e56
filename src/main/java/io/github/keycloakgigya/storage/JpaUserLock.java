package io.github.keycloakgigya.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import org.hibernate.Hibernate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;

/**
 * Lets requests that write one user do so one after the other, on all nodes. Keycloak replaces the values of an attribute
 * by deleting those that it saw and adding its own (UserAdapter of 26.7), so that two at once leave both.
 */
public final class JpaUserLock {

    private JpaUserLock() {}

    /**
     * Takes the user's row until the transaction of this request ends, after whoever has it. What the request has read of
     * the user in the database is read anew, so that what is written next is compared with what is there now. A user that
     * is not imported has the row of Keycloak's federated storage, from the first time that anything is stored of it.
     */
    public static void take(KeycloakSession session, UserModel user) {
        var entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        if (StorageId.isLocalStorage(user.getId())) {
            takeImported(entities, user.getId());
        } else {
            take(entities, entities.find(FederatedUser.class, user.getId()));
        }
    }

    private static void takeImported(EntityManager entities, String id) {
        var row = entities.find(UserEntity.class, id);
        if (row == null) {
            return;
        }
        // What was written so far would be lost otherwise.
        entities.flush();
        if (Hibernate.isInitialized(row.getAttributes())) {
            // They keep the values that they were read with, even where their user is read anew.
            row.getAttributes().forEach(entities::detach);
        }
        take(entities, row);
    }

    private static void take(EntityManager entities, Object row) {
        if (row == null) {
            return;
        }
        try {
            entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        } catch (EntityNotFoundException removedMeanwhile) {
            // There is nobody left to write, which the writer sees by itself.
        }
    }
}
