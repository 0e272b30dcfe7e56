package io.github.keycloakgigya.federation.lookup;

import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Who may see lists of accounts. Where a realm has fine-grained admin permissions, Keycloak leaves out in the queries of
 * its own tables whom an administrator may not see, and trusts in what a federation lists (26.7,
 * {@code UsersResource.toRepresentation}).
 *
 * @param session of the request
 * @param realm that the users belong to
 */
record ListAccess(KeycloakSession session, RealmModel realm) {

    /**
     * {@return whether all users may be listed for whoever makes this request} Permissions to see single users, or the
     * members of a group, are not enough. Requests without a token, such as a login flow's, are made for nobody.
     */
    boolean isToAll() {
        var context = session.getContext();
        if (!AdminPermissionsSchema.SCHEMA.isAdminPermissionsEnabled(realm) || context.getBearerToken() == null) {
            return true;
        }
        var user = context.getUser();
        return user != null
                && clients()
                        .flatMap(client -> Stream.of(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS)
                                .map(client::getRole))
                        .filter(Objects::nonNull)
                        .anyMatch(user::hasRole);
    }

    /** {@return the clients with the admin roles: for administrators of the realm, and for those of the master realm} */
    private Stream<ClientModel> clients() {
        var own = Config.getAdminRealm().equals(realm.getName())
                ? null
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        return Stream.of(own, realm.getMasterAdminClient()).filter(Objects::nonNull);
    }
}
