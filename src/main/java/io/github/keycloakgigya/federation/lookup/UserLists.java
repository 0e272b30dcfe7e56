package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.RemoteUser;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.lookup.SearchedColumns.UserQuery;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * Lists of a federation's users, for administrators. Each method makes one call at most, and a second one where the text
 * that is looked for may be a phone number or another identifier.
 */
public final class UserLists {

    // So many accounts are looked through for those whom Keycloak has no user of yet.
    private static final int WINDOW = 200;
    private static final int MOST = 1000;

    private final Federation federation;
    private final GigyaUsers users;
    private final AccountSearch search;
    private final ListAccess access;

    UserLists(Federation federation, GigyaUsers users, AccountSearch search) {
        this.federation = federation;
        this.users = users;
        this.search = search;
        this.access = new ListAccess(federation.session(), federation.realm());
    }

    /** {@return users with such an attribute, where a mapping owns it} */
    public List<UserModel> byAttribute(String name, String value) throws GigyaException {
        var query = UserQuery.of(Map.of(name, value, UserModel.EXACT, "true"), federation.settings());
        return query.isAnswerable() && !query.isUnfiltered() && access.isToAll()
                ? shown(list(query, 0, WINDOW)).stream()
                        .filter(user -> isNameOf(user, name, value))
                        .toList()
                : List.of();
    }

    // Keycloak signs people in by such an attribute too, by that of a client certificate say.
    private static boolean isNameOf(UserModel user, String attribute, String value) {
        return switch (attribute) {
            case UserModel.USERNAME -> value.equalsIgnoreCase(user.getUsername());
            case UserModel.EMAIL -> value.equalsIgnoreCase(user.getEmail()) && user.isEmailVerified();
            default -> true;
        };
    }

    /** {@return a page of the users whom a list shows after those whom Keycloak holds itself} Imports nobody. */
    public List<UserModel> page(Map<String, String> parameters, int first, int most) throws GigyaException {
        var identified = identified(parameters);
        if (identified.isPresent()) {
            return first == 0 ? List.of(identified.get()) : List.of();
        }
        var query = UserQuery.of(parameters, federation.settings());
        return isForGigya(query, parameters) ? shown(list(query, first, Math.min(most, MOST))) : List.of();
    }

    /** {@return how many users all pages together show} */
    public int count(Map<String, String> parameters) throws GigyaException {
        if (identified(parameters).isPresent()) {
            return 1;
        }
        var query = UserQuery.of(parameters, federation.settings());
        if (!isForGigya(query, parameters)) {
            return 0;
        }
        return federation.settings().importEnabled()
                ? list(query, 0, WINDOW).size()
                : (int) Math.min(Integer.MAX_VALUE, search.count(query.condition()));
    }

    // Where users are imported, a list of all is what Keycloak has: a sync brings the others.
    private boolean isForGigya(UserQuery query, Map<String, String> parameters) {
        return query.isAnswerable()
                && isListedToAll()
                && !(federation.settings().importEnabled() && (query.isUnfiltered() || isHeld(parameters)));
    }

    private boolean isListedToAll() {
        return access.isToAll()
                // An administrator who may see the members of some groups only.
                && federation.session().getAttribute(UserModel.GROUPS) == null;
    }

    /** {@return the one user whose identifier an administrator looks for, where Keycloak itself does not show him} */
    private Optional<UserModel> identified(Map<String, String> parameters) throws GigyaException {
        var text = UserQuery.soleText(parameters);
        var identifier = text.flatMap(federation.settings()::identifier);
        if (identifier.isEmpty() || !isListedToAll()) {
            return Optional.empty();
        }
        var account = search.identified(identifier.get()).stream()
                .filter(SeenAccount::registered)
                .findFirst();
        var held = account.flatMap(found -> users.find(found.uid()))
                .filter(user -> StorageId.isLocalStorage(user.getId()));
        return held.isPresent()
                ? held.filter(user -> !UserQuery.isShownBy(user, text.get()))
                : shown(users.notListed(account.stream().toList())).stream().findFirst();
    }

    /** {@return whether the one user who can be meant is among those whom Keycloak holds} */
    private boolean isHeld(Map<String, String> parameters) {
        var local = federation.localUsers();
        var uid = Uid.of(parameters.get(FederatedUser.UID));
        var exact = Boolean.parseBoolean(parameters.get(UserModel.EXACT));
        var username = exact ? parameters.get(UserModel.USERNAME) : null;
        var email = exact ? parameters.get(UserModel.EMAIL) : null;
        return uid.flatMap(users::find).isPresent()
                || username != null && local.getUserByUsername(federation.realm(), username) != null
                || email != null && local.getUserByEmail(federation.realm(), email) != null;
    }

    private List<SeenAccount> list(UserQuery query, int first, int most) throws GigyaException {
        if (!federation.settings().importEnabled()) {
            return search.page(query.condition(), first, most);
        }
        // Gigya can't leave out whom Keycloak has, so the pages are cut here.
        return users.notListed(search.page(query.condition(), 0, WINDOW)).stream()
                .skip(first)
                .limit(most)
                .toList();
    }

    private List<UserModel> shown(List<SeenAccount> accounts) {
        return accounts.stream()
                .map(account -> federation.ids().ofRemote(account.uid()).map(id -> shown(id, account)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** {@return how a list shows an account} Imports nobody. */
    UserModel shown(String id, SeenAccount account) {
        federation.seen().addListed(account);
        return new RemoteUser(federation, id, account.profile(), account.active());
    }

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
}
