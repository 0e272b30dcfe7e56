package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/**
 * Finds users of a federation in Gigya, one at a time. Each method makes one call at most, a second one where a name may be
 * a phone number or another identifier, and a further one where an account shows as disabled whose user has sessions or is
 * enabled.
 */
public final class UserLookUp {

    private static final Logger LOG = Logger.getLogger(UserLookUp.class);

    private final Federation federation;
    private final UnknownNames unknown;
    private final GigyaUsers users;
    private final AccountSearch search;
    private final UserLists lists;

    /** @param unknown the names that nobody has, of this node */
    public UserLookUp(Federation federation, UnknownNames unknown) {
        this.federation = federation;
        this.unknown = unknown;
        this.users = GigyaFederations.usersOf(federation);
        this.search = new AccountSearch(federation, unknown);
        this.lists = new UserLists(federation, users, search);
    }

    /** {@return lists of them} */
    public UserLists lists() {
        return lists;
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
            var shown = lists.shown(id, listed.get());
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
        var named =
                byName(name, account -> account.hasUsername(name), user -> name.equalsIgnoreCase(user.getUsername()));
        return named.isPresent() ? named : byIdentifier(name);
    }

    private Optional<UserModel> byIdentifier(String name) throws GigyaException {
        var identifier = federation.settings().identifier(name);
        if (identifier.isEmpty() || !Asker.of(federation.session().getContext()).meansIdentifiers()) {
            return Optional.empty();
        }
        var account = search.identified(identifier.get()).stream().findFirst();
        var user = account.isPresent() ? admit(account.get()) : Optional.<UserModel>empty();
        user.ifPresent(owner -> {
            search.known(identifier.get(), name);
            // Keycloak's cache would lead to the user by it as if it were the name, also when it is another's by then.
            federation.evict(owner);
        });
        return user;
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

    private Optional<UserModel> byName(String name, Predicate<SeenAccount> isMeant, Predicate<UserModel> isStillMeant)
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
    private static List<SeenAccount> ownersOf(String name, List<SeenAccount> accounts) throws GigyaException {
        if (accounts.size() < 2) {
            return accounts;
        }
        var owners = new ArrayList<SeenAccount>();
        for (var account : accounts) {
            if (account.addresses().isVerified(name)) {
                owners.add(account);
            }
        }
        return owners.isEmpty() ? accounts : owners;
    }

    private Optional<UserModel> admit(SeenAccount account) throws GigyaException {
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
