package io.github.keycloakgigya.federation;

import java.util.List;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * A user whom the first write locks until the request's transaction ends, so that two sign-ins at once leave what either
 * of them alone would leave. Who only reads, locks nothing.
 */
public final class UserToWrite extends UserModelDelegate {

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
