package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.GigyaException;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.List;
import org.hibernate.Hibernate;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.UserModelDelegate;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;

/**
 * Lets requests that write one user do so one after the other, on all nodes. Keycloak replaces the values of an attribute
 * by removing those that it saw and adding its own (UserAdapter of 26.7), so that two at once leave both.
 */
public final class JpaUserLock {

    private static final Logger LOG = Logger.getLogger(JpaUserLock.class);

    private static final String TAKEN = "gigya.locked";

    private JpaUserLock() {}

    /**
     * {@return whether this request has the row of a user other than this one} What it writes in a transaction besides its
     * own could then wait for itself, which no database notices: it must not begin one, nor take another row.
     */
    static boolean isOfAnother(KeycloakSession session, String id) {
        var taken = session.getAttribute(TAKEN);
        return taken != null && !taken.equals(id);
    }

    /**
     * Makes sure that this request has the row of no other user.
     *
     * @throws GigyaException of kind {@code UNAVAILABLE}, so that somebody tries again
     */
    static void requireNoOther(KeycloakSession session, String id) throws GigyaException {
        if (isOfAnother(session, id)) {
            throw GigyaException.unavailable("two users are written by one request");
        }
    }

    /**
     * Takes the user's row as {@link #take} does, for somebody who can try again.
     *
     * @throws GigyaException of kind {@code UNAVAILABLE} where the database gives up waiting
     */
    static void takeInTime(KeycloakSession session, String id) throws GigyaException {
        try {
            take(session, id);
        } catch (ModelException givenUp) {
            throw writtenByOthers(id);
        }
    }

    /** {@return what to throw where the database gave up waiting for a user's row} Tells the log. */
    static GigyaException writtenByOthers(String id) {
        LOG.warnf("User %s is written by others for too long", id);
        return GigyaException.unavailable("the user is being written by another request");
    }

    /**
     * Takes the user's row until the transaction of this request ends, after whoever has it. What the request has read of
     * the user in the database is read anew, so that what is written next is compared with what is there now. A user that
     * is not imported has the row of Keycloak's federated storage, from the first time that anything is stored of it.
     *
     * @param id of the user; nothing happens where the database has no such row
     * @throws ModelException where the database gives up waiting, or somebody removed the user meanwhile
     */
    public static void take(KeycloakSession session, String id) {
        var jpa = session.getProvider(JpaConnectionProvider.class);
        if (jpa == null || id.equals(session.getAttribute(TAKEN))) {
            return;
        }
        var entities = jpa.getEntityManager();
        Class<?> rows = StorageId.isLocalStorage(id) ? UserEntity.class : FederatedUser.class;
        Object row = entities.find(rows, id);
        if (row == null) {
            return;
        }
        // What was written so far would be lost otherwise.
        entities.flush();
        if (row instanceof UserEntity user && Hibernate.isInitialized(user.getAttributes())) {
            // They would keep the values that they were read with, even where their user is read anew.
            user.getAttributes().forEach(entities::detach);
        }
        try {
            entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        } catch (PersistenceException givenUp) {
            // Its text may hold what is the person's own.
            throw new ModelException("the row of a user could not be had");
        }
        session.setAttribute(TAKEN, id);
    }

    /**
     * A user whom the first write locks until the request's transaction ends, so that two sign-ins at once leave what either
     * of them alone would leave. Who only reads, locks nothing.
     */
    public static final class UserToWrite extends UserModelDelegate {

        private final KeycloakSession session;

        /** A user as the request sees it. */
        public UserToWrite(KeycloakSession session, UserModel user) {
            super(user);
            this.session = session;
        }

        private void lock() {
            JpaUserLock.take(session, getId());
        }

        @Override
        public void setUsername(String username) {
            lock();
            super.setUsername(username);
        }

        @Override
        public void setFirstName(String firstName) {
            lock();
            super.setFirstName(firstName);
        }

        @Override
        public void setLastName(String lastName) {
            lock();
            super.setLastName(lastName);
        }

        @Override
        public void setEmail(String email) {
            lock();
            super.setEmail(email);
        }

        @Override
        public void setEmailVerified(boolean verified) {
            lock();
            super.setEmailVerified(verified);
        }

        @Override
        public void setSingleAttribute(String name, String value) {
            lock();
            super.setSingleAttribute(name, value);
        }

        @Override
        public void setAttribute(String name, List<String> values) {
            lock();
            super.setAttribute(name, values);
        }

        @Override
        public void removeAttribute(String name) {
            lock();
            super.removeAttribute(name);
        }

        @Override
        public void grantRole(RoleModel role) {
            lock();
            super.grantRole(role);
        }

        @Override
        public void deleteRoleMapping(RoleModel role) {
            lock();
            super.deleteRoleMapping(role);
        }

        @Override
        public void joinGroup(GroupModel group) {
            lock();
            super.joinGroup(group);
        }

        @Override
        public void leaveGroup(GroupModel group) {
            lock();
            super.leaveGroup(group);
        }
    }
}
