package io.github.keycloakgigya.storage;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.user.UserCountMethodsProvider;
import org.keycloak.storage.user.UserQueryMethodsProvider;
import org.keycloak.storage.user.UserRegistrationProvider;

/** The capabilities of a user storage whose answer is always the same, since Keycloak keeps these things itself. */
abstract class TrivialCapabilities
        implements UserStorageProvider, UserRegistrationProvider, UserQueryMethodsProvider, UserCountMethodsProvider {

    /** {@return null: accounts are made in Gigya, not in Keycloak} */
    @Override
    public final UserModel addUser(RealmModel realm, String username) {
        return null;
    }

    /** {@return true: an administrator may remove what Keycloak knows of a user; the account in Gigya stays} */
    @Override
    public final boolean removeUser(RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public final Stream<UserModel> getGroupMembersStream(
            RealmModel realm, GroupModel group, Integer firstResult, Integer maxResults) {
        return Stream.empty();
    }

    @Override
    public final int getUsersCount(RealmModel realm, Set<String> groupIds) {
        return 0;
    }

    @Override
    @Deprecated // as UserCountMethodsProvider has it
    public final int getUsersCount(RealmModel realm, String search, Set<String> groupIds) {
        return 0;
    }

    @Override
    public final int getUsersCount(RealmModel realm, Map<String, String> params, Set<String> groupIds) {
        return 0;
    }

    @Override
    public final void preRemove(RealmModel realm) {
        // Keycloak removes the users of a realm itself.
    }

    @Override
    public final void preRemove(RealmModel realm, GroupModel group) {
        // Memberships are Keycloak's own.
    }

    @Override
    public final void preRemove(RealmModel realm, RoleModel role) {
        // Role mappings are Keycloak's own.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }
}
