package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.RemoteAccount;
import io.github.keycloakgigya.federation.RemoteUser;
import io.github.keycloakgigya.federation.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/**
 * Finds the users of a federation in Gigya: one, or those of a list. Each method makes one call at most, and a second one
 * where a search shows the account of a user as disabled who has sessions or is enabled.
 */
public final class UserLookUp {

    private static final Logger LOG = Logger.getLogger(UserLookUp.class);

    // So many accounts are looked through for those whom Keycloak has no user of yet.
    private static final int WINDOW = 200;
    private static final int MOST = 1000;

    private final Federation federation;
    private final UnknownNames unknown;
    private final GigyaUsers users;
    private final AccountSearch search;
    private final ListAccess access;

    /** @param unknown the names that nobody has, of this node */
    public UserLookUp(Federation federation, UnknownNames unknown) {
        this.federation = federation;
        this.unknown = unknown;
        this.users = GigyaFederations.usersOf(federation);
        this.search = new AccountSearch(federation, unknown);
        this.access = new ListAccess(federation.session(), federation.realm());
    }

    /** {@return the user of an id that {@link UserIds#ofRemote} made} */
    public Optional<UserModel> byId(String id) throws GigyaException {
        var uid = federation.ids().uidOfRemote(id);
        if (uid.isEmpty()) {
            return Optional.empty();
        }
        // Keycloak asks again for some whom it lists, for what only the user can tell.
        var listed = federation.seen().listed(uid.get());
        if (listed.isPresent()) {
            var shown = shown(id, listed.get());
            if (federation.settings().importEnabled()) {
                // The cache would show this user, who is not imported, also when somebody opens it.
                federation.evict(shown);
            }
            return Optional.of(shown);
        }
        var known = users.find(uid.get());
        if (known.isPresent()) {
            return known;
        }
        var account = search.of(uid.get());
        return account.isPresent() ? admit(account.get()) : Optional.empty();
    }

    /** {@return the user of a name, letter case aside} */
    public Optional<UserModel> byUsername(String username) throws GigyaException {
        var name = username.toLowerCase(Locale.ROOT);
        // The account may have given the name up since, as its user knows from a sign-in.
        return byName(name, account -> account.hasUsername(name), user -> name.equalsIgnoreCase(user.getUsername()));
    }

    /**
     * {@return the user of an e-mail address that counts as verified} Keycloak takes whoever comes with the same address
     * for the same person.
     */
    public Optional<UserModel> byEmail(String email) throws GigyaException {
        var address = email.toLowerCase(Locale.ROOT);
        return byName(
                address,
                account -> account.isKnownBy(address),
                user -> address.equalsIgnoreCase(user.getEmail()) && user.isEmailVerified());
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
        var query = UserQuery.of(parameters, federation.settings());
        return isForGigya(query, parameters) ? shown(list(query, first, Math.min(most, MOST))) : List.of();
    }

    /** {@return how many users all pages together show} */
    public int count(Map<String, String> parameters) throws GigyaException {
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
                && access.isToAll()
                // An administrator who may see the members of some groups only.
                && federation.session().getAttribute(UserModel.GROUPS) == null
                && !(federation.settings().importEnabled() && (query.isUnfiltered() || isHeld(parameters)));
    }

    /** {@return whether the one user who can be meant is among those whom Keycloak holds} */
    private boolean isHeld(Map<String, String> parameters) {
        var local = federation.localUsers();
        var uid = parameters.get(FederatedUser.UID);
        var exact = Boolean.parseBoolean(parameters.get(UserModel.EXACT));
        var username = exact ? parameters.get(UserModel.USERNAME) : null;
        var email = exact ? parameters.get(UserModel.EMAIL) : null;
        return uid != null && users.find(uid).isPresent()
                || username != null && local.getUserByUsername(federation.realm(), username) != null
                || email != null && local.getUserByEmail(federation.realm(), email) != null;
    }

    private List<RemoteAccount> list(UserQuery query, int first, int most) throws GigyaException {
        if (!federation.settings().importEnabled()) {
            return search.page(query.condition(), first, most);
        }
        // Gigya can't leave out whom Keycloak has, so the pages are cut here.
        return users.notListed(search.page(query.condition(), 0, WINDOW)).stream()
                .skip(first)
                .limit(most)
                .toList();
    }

    private List<UserModel> shown(List<RemoteAccount> accounts) {
        return accounts.stream()
                .map(account -> federation.ids().ofRemote(account.uid()).map(id -> shown(id, account)))
                .flatMap(Optional::stream)
                .toList();
    }

    private UserModel shown(String id, RemoteAccount account) {
        federation.seen().addListed(account);
        return new RemoteUser(federation, id, account.profile(), account.active());
    }

    private Optional<UserModel> byName(String name, Predicate<RemoteAccount> isMeant, Predicate<UserModel> isStillMeant)
            throws GigyaException {
        var found = ownersOf(name, search.named(name).stream().filter(isMeant).toList());
        if (found.size() > 1) {
            LOG.warnf(
                    "%d accounts have one name; none of them is taken: those of users %s",
                    found.size(),
                    found.stream()
                            .map(account -> federation.ids().of(account.uid()))
                            .toList());
        }
        if (found.size() != 1) {
            return Optional.empty();
        }
        var user = admit(found.get(0)).filter(isStillMeant);
        if (user.isPresent()) {
            search.known(name);
        }
        return user;
    }

    // Else a stranger who types an address would hide its owner.
    private static List<RemoteAccount> ownersOf(String name, List<RemoteAccount> accounts) throws GigyaException {
        if (accounts.size() < 2) {
            return accounts;
        }
        var owners = new ArrayList<RemoteAccount>();
        for (var account : accounts) {
            if (account.addresses().isVerified(name)) {
                owners.add(account);
            }
        }
        return owners.isEmpty() ? accounts : owners;
    }

    private Optional<UserModel> admit(RemoteAccount account) throws GigyaException {
        if (!account.active()) {
            // A search may be late, and ends nobody's sessions.
            users.confirmInactive(account.uid(), () -> federation.connect().api());
        }
        try {
            var user = users.lookedUp(account);
            user.map(UserModel::getUsername).ifPresent(name -> unknown.remove(federation, name));
            return user;
        } catch (AccountConflictException conflict) {
            LOG.logf(
                    conflict.isOfReleased() ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "The account of user %s is no user: %s",
                    federation.ids().of(account.uid()),
                    conflict.getMessage());
            return Optional.empty();
        }
    }
}
