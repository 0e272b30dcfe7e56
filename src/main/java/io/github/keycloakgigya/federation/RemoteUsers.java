package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.AddressSource;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageUtil;

/**
 * Users whom Keycloak's user tables do not hold. Those that were imported before, while the setting was another one, go
 * on as they are, with all that Keycloak knows of them.
 */
final class RemoteUsers extends GigyaUsers {

    private static final Logger LOG = Logger.getLogger(RemoteUsers.class);

    private final ImportedUsers imported;
    private final UserIds ids;

    RemoteUsers(Federation federation) {
        super(federation);
        this.imported = new ImportedUsers(federation);
        this.ids = federation.ids();
    }

    /** {@inheritDoc} Of the others it knows only those whose account this request has seen. */
    @Override
    public Optional<UserModel> find(Uid uid) {
        return imported.find(uid)
                .or(() -> federation.seen().of(uid).flatMap(seen -> seen).flatMap(this::user));
    }

    @Override
    GigyaUsers in(Federation ofOther) {
        return new RemoteUsers(ofOther);
    }

    @Override
    public boolean standsFor(UserModel user, Uid uid) {
        return StorageId.isLocalStorage(user.getId())
                ? imported.standsFor(user, uid)
                : ids.uidOfRemote(user.getId()).filter(uid::equals).isPresent();
    }

    @Override
    public boolean isOnlyMissing(UserModel user) {
        return StorageId.isLocalStorage(user.getId()) && imported.isOnlyMissing(user);
    }

    @Override
    public UserModel admit(Optional<UserModel> known, GigyaAccount account, AddressSource addresses)
            throws AccountConflictException, GigyaException {
        var local = known.filter(user -> StorageId.isLocalStorage(user.getId())).or(() -> imported.find(account.uid()));
        if (local.isPresent()) {
            return imported.admit(local, account, addresses);
        }
        var ofGigya = addresses.addressesOf(account.uid());
        var ofUser = cached(account.uid()).map(user -> knownOf(user, ofGigya)).orElse(ofGigya);
        var remote = settled(SeenAccount.signedIn(account, ofUser, settings()));
        federation.seen().add(remote);
        var user = inOrganizations(upToDate(remote), remote);
        // Since when tokens count is all that Keycloak keeps of it for a user who is not imported.
        remote.profile()
                .passwordCreated()
                .ifPresent(since -> sessions()
                        .exceptOfLogin()
                        .begunBeforeOnce(since, user, ids.inLog(user), EndReason.PASSWORD_CHANGED));
        return user;
    }

    private UserModel inOrganizations(UserModel user, SeenAccount remote) throws GigyaException {
        var profile = federation.inOrganizations(remote.profile());
        if (!ProfileMembers.writeRemote(federation.session(), federation.realm(), profile, user)) {
            return user;
        }
        federation.evict(user);
        return upToDate(remote);
    }

    /** {@return the account's user as Keycloak's cache holds it, which knows what was verified before} */
    private Optional<UserModel> cached(Uid uid) {
        // Where the cache holds none, Keycloak asks this federation, which would ask Gigya.
        federation.seen().addAbsent(uid);
        return ids.ofRemote(uid).map(id -> federation.session().users().getUserById(federation.realm(), id));
    }

    /** Keycloak's cache may hold the user as the account was before. */
    private UserModel upToDate(SeenAccount remote) throws GigyaException {
        var id = ids.ofRemote(remote.uid())
                .orElseThrow(() -> GigyaException.unavailable("the UID is too long for a user who is not imported"));
        var users = federation.session().users();
        var user = users.getUserById(federation.realm(), id);
        if (user != null && new ProfileWriter(remote.profile(), true).changes(user)) {
            federation.evict(user);
            user = users.getUserById(federation.realm(), id);
        }
        return Optional.ofNullable(user)
                .orElseThrow(() -> GigyaException.unavailable("the federation was removed or disabled meanwhile"));
    }

    /**
     * {@inheritDoc} Only sessions and what Keycloak keeps of its own can be ended and removed; nothing is there that could
     * be disabled. Whom an administrator disabled stays so: the account may come back.
     */
    @Override
    public void missing(Uid uid, EndReason why) {
        if (imported.find(uid).isPresent()) {
            imported.missing(uid, why);
            return;
        }
        switch (settings().missingAccountPolicy()) {
            case KEEP -> LOG.debugf("User %s has no account in Gigya and is kept", ids.of(uid));
            case DISABLE -> endSessions(uid, why);
            case DELETE -> ids.ofRemote(uid).ifPresent(id -> remove(id, uid, why));
        }
    }

    @Override
    public void inactive(Uid uid) {
        if (imported.find(uid).isPresent()) {
            imported.inactive(uid);
        } else {
            endSessions(uid, EndReason.DISABLED);
        }
    }

    @Override
    public boolean isOpen(Uid uid) {
        return imported.find(uid).isPresent()
                ? imported.isOpen(uid)
                : ids.ofRemote(uid).filter(this::hasSessions).isPresent();
    }

    /** {@inheritDoc} The id of a user who is not imported is made from the UID: with another one, it is another user. */
    @Override
    public MovedAccount moved(Uid uid, Uid newUid) {
        if (imported.find(uid).isPresent()) {
            return imported.moved(uid, newUid);
        }
        missing(uid, EndReason.MERGED);
        return MovedAccount.NOBODY;
    }

    private boolean hasSessions(String id) {
        return SessionEnd.sessionlessAmong(Set.of(id), federation.session(), federation.realm())
                .isEmpty();
    }

    private void endSessions(Uid uid, EndReason why) {
        ids.ofRemote(uid).filter(this::hasSessions).ifPresent(id -> {
            var before = federation.seen().of(uid).flatMap(account -> account);
            sessions().of(shadow(id, uid), ids.of(uid), why);
            before.ifPresentOrElse(
                    federation.seen()::add, () -> federation.seen().addAbsent(uid));
        });
    }

    /**
     * {@return who is left of a user whose account can't be looked up any more} Keycloak finds the same for the rest of this
     * request, which looks sessions up by their user, and does not put it into its cache.
     */
    private RemoteUser shadow(String id, Uid uid) {
        var account = gone(uid);
        var user = new RemoteUser(federation, id, account.profile(), false);
        federation.evict(user);
        federation.seen().add(account);
        return user;
    }

    private SeenAccount gone(Uid uid) {
        var nothing = Stream.of(AccountSection.values())
                .collect(Collectors.<AccountSection, String, Object>toMap(AccountSection::id, section -> Map.of()));
        var empty = new FoundAccount(uid, false, true, Set.of(), Set.of(), Optional.empty(), nothing);
        try {
            return SeenAccount.found(empty, Instant.EPOCH, settings());
        } catch (GigyaException nobodyWasAsked) {
            throw new IllegalStateException(nobodyWasAsked);
        }
    }

    private void remove(String id, Uid uid, EndReason why) {
        LOG.infof("User %s has no account in Gigya, and what Keycloak kept of it is removed", ids.of(uid));
        var session = federation.session();
        var state = new RemoteUserState(UserStorageUtil.userFederatedStorage(session), federation.realm(), id);
        var disabled = state.isDisabled();
        remove(shadow(id, uid), why);
        federation.seen().addAbsent(uid);
        if (disabled) {
            state.setDisabled(true);
        }
    }

    @Override
    public Optional<UserModel> lookedUp(SeenAccount account) throws AccountConflictException, GigyaException {
        if (imported.find(account.uid()).isPresent()) {
            return imported.lookedUp(account);
        }
        if (!account.registered()) {
            LOG.debugf(
                    "The account of user %s is no user yet: its registration is not finished", ids.of(account.uid()));
            return Optional.empty();
        }
        return user(settled(account));
    }

    @Override
    public List<SeenAccount> notListed(List<SeenAccount> accounts) {
        return federation.released().without(accounts);
    }

    private Optional<UserModel> user(SeenAccount account) {
        return ids.ofRemote(account.uid())
                .map(id -> new RemoteUser(federation, id, account.profile(), account.active()));
    }

    /** {@return the account as its user may be, among the users whom Keycloak holds itself} */
    private SeenAccount settled(SeenAccount account) throws AccountConflictException, GigyaException {
        if (federation.released().userOf(account.uid()).isPresent()) {
            throw AccountConflictException.released();
        }
        var linked = federation.brokerLinks().userOf(account.uid());
        var settled = linked.isPresent()
                ? Settlement.belongingTo(linked.get(), account.profile())
                : federation.contest().of(account.profile(), account.addresses(), Optional.empty());
        if (settled.owner().isPresent()) {
            throw new AccountConflictException(
                    "user name, e-mail address or link", owns(settled.owner().get()));
        }
        federation.release(settled);
        return account.with(settled.profile());
    }
}
