package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.AddressSource;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.ImportedProfile.UserDraft;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.session.UserEvents;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Users that Keycloak's own tables hold, with a link to the federation. */
final class ImportedUsers extends GigyaUsers {

    private static final Logger LOG = Logger.getLogger(ImportedUsers.class);
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserIds ids;

    ImportedUsers(Federation federation) {
        super(federation);
        this.session = federation.session();
        this.realm = federation.realm();
        this.ids = federation.ids();
    }

    @Override
    public Optional<UserModel> find(Uid uid) {
        return Optional.ofNullable(session.users().getUserById(realm, ids.of(uid)))
                .filter(user -> standsFor(user, uid))
                .or(() -> byAttribute(uid).findFirst());
    }

    @Override
    GigyaUsers in(Federation ofOther) {
        return new ImportedUsers(ofOther);
    }

    @Override
    public boolean standsFor(UserModel user, Uid uid) {
        return FederatedUser.standsFor(user, componentId(), uid);
    }

    @Override
    public boolean isOnlyMissing(UserModel user) {
        return MissingMark.isOn(user);
    }

    @Override
    public UserModel admit(Optional<UserModel> known, GigyaAccount account, AddressSource addresses)
            throws AccountConflictException, GigyaException {
        var ofGigya = addresses.addressesOf(account.uid());
        var ofUser = known.map(user -> knownOf(user, ofGigya)).orElse(ofGigya);
        var signedIn = UserDraft.ofSignIn(account, settings(), ofUser);
        var draft = signedIn.with(federation.inOrganizations(signedIn.profile()));
        return update(known.isPresent() ? known.get() : admitNew(draft), draft);
    }

    @Override
    public Optional<UserModel> lookedUp(SeenAccount account) throws AccountConflictException, GigyaException {
        if (!account.active() || !account.registered()) {
            LOG.debugf(
                    "The account of user %s is not imported: it is disabled, or its registration is not finished",
                    ids.of(account.uid()));
            return Optional.empty();
        }
        // Without a time: a search may show an older state, which must not keep a sync away.
        var draft = new UserDraft(
                federation.inOrganizations(account.profile()), account.addresses(), true, Optional.empty());
        var known = find(account.uid());
        if (known.isEmpty()
                && new GoneAccounts(session, componentId()).contains(account.uid(), account.lastUpdated())) {
            return Optional.empty();
        }
        var user = known.isPresent() ? known.get() : admitNew(draft);
        // Nor does it bring back whom the policy disabled: a sign-in or a sync says whether Gigya knows the account.
        return Optional.of(isOnlyMissing(user) || account.isOlderThan(user) ? user : update(user, draft));
    }

    @Override
    public List<SeenAccount> notListed(List<SeenAccount> accounts) {
        var unknown = accounts.stream()
                .filter(account -> account.active() && account.registered())
                .filter(account -> !hasUser(account.uid()))
                .toList();
        var linked = federation
                .brokerLinks()
                .linkedOf(unknown.stream().map(SeenAccount::uid).collect(Collectors.toSet()));
        return unknown.stream()
                .filter(account -> !linked.contains(account.uid()))
                .toList();
    }

    /** {@return whether Keycloak's own tables hold a user of the account, or one who has left} */
    private boolean hasUser(Uid uid) {
        var byId = Stream.ofNullable(federation.localUsers().getUserById(realm, ids.of(uid)));
        return Stream.concat(byId, federation.localUsersNaming(uid))
                .anyMatch(user -> standsFor(user, uid) || federation.released().isOn(user, uid));
    }

    @Override
    public void missing(Uid uid, EndReason why) {
        for (var user : allOf(uid)) {
            switch (settings().missingAccountPolicy()) {
                case KEEP -> LOG.debugf("User %s has no account in Gigya and is kept", user.getId());
                case DISABLE -> disable(user, why);
                case DELETE -> {
                    if (isLeft(user)) {
                        disable(user, why);
                    } else {
                        LOG.infof("User %s has no account in Gigya and is removed", user.getId());
                        remove(user, why);
                        new GoneAccounts(session, componentId()).add(uid);
                    }
                }
            }
        }
    }

    @Override
    public void inactive(Uid uid) {
        allOf(uid).forEach(user -> disable(user, EndReason.DISABLED));
    }

    @Override
    public boolean isOpen(Uid uid) {
        return find(uid).filter(UserModel::isEnabled).isPresent();
    }

    @Override
    public MovedAccount moved(Uid uid, Uid newUid) {
        new Twins(federation).expect();
        var before = find(uid);
        if (before.isEmpty()) {
            return MovedAccount.NOBODY;
        }
        JpaUserLock.take(session, before.get().getId());
        var local = federation.localUsers().getUserById(realm, before.get().getId());
        if (local == null || !standsFor(local, uid)) {
            // Another node was faster.
            return MovedAccount.NOBODY;
        }
        // Who has left stays as well: with the UID, there would be two of one account.
        var stays = find(newUid).or(() -> federation.released().userOf(newUid));
        if (stays.isPresent()) {
            var id = local.getId();
            LOG.infof(
                    "The account of user %s went into that of user %s",
                    id, stays.get().getId());
            missing(uid, EndReason.MERGED);
            new UserEvents(session, realm).merged(id, stays.get().getId());
            return MovedAccount.MERGED;
        }
        LOG.infof("The account of user %s has another UID", local.getId());
        federation.evict(local);
        federation.brokerLinks().follow(before.get(), uid, newUid);
        federation.released().follow(local, newUid);
        return MovedAccount.FOLLOWED;
    }

    // Two, where an account got its new UID on one node while another one imported that.
    private List<UserModel> allOf(Uid uid) {
        var all = new LinkedHashMap<String, UserModel>();
        Stream.concat(find(uid).stream(), byAttribute(uid)).forEach(user -> all.putIfAbsent(user.getId(), user));
        return List.copyOf(all.values());
    }

    private Stream<UserModel> byAttribute(Uid uid) {
        return federation
                .localUsersNaming(uid)
                .filter(user -> standsFor(user, uid))
                .map(user -> session.users().getUserById(realm, user.getId()));
    }

    private UserModel admitNew(UserDraft draft) throws AccountConflictException, GigyaException {
        try {
            return added(draft);
        } catch (ModelDuplicateException raced) {
            // Another request, perhaps on another node, was faster: with the same account, or with its name.
            var same = find(draft.profile().uid());
            return same.isPresent() ? same.get() : addedNow(draft);
        }
    }

    // Whoever took the name meanwhile may have to give it up, as now is seen.
    private UserModel addedNow(UserDraft draft) throws AccountConflictException, GigyaException {
        try {
            return added(draft);
        } catch (ModelDuplicateException racedAgain) {
            throw new AccountConflictException("user name");
        }
    }

    private UserModel added(UserDraft draft) throws AccountConflictException, GigyaException {
        var added = new Newcomers(session, realm, federation.component(), settings()).admit(draft);
        var id = new Twins(federation).only(added, draft.profile().uid(), own -> in(own)::remove);
        // A database that reads as of the start of a transaction, such as MySQL at its default, may not show it yet.
        return Optional.ofNullable(session.users().getUserById(realm, id))
                .orElseThrow(() -> GigyaException.unavailable(
                        "the user was imported, but this transaction can't see it; the next sign-in will"));
    }

    private UserModel update(UserModel user, UserDraft draft) throws AccountConflictException, GigyaException {
        var settled = federation.contest().of(draft.profile(), draft.addresses(), Optional.of(user));
        if (settled.owner().isPresent()) {
            throw new AccountConflictException("new user name or e-mail address");
        }
        var writer = new ProfileWriter(settled.profile(), ImportedProfile.mapsEmail(settings()));
        if (!isOnlyMissing(user) && !writer.changes(user)) {
            return user;
        }
        JpaUserLock.requireNoOther(session, user.getId());
        // Before this user is locked or written: each waits for no other while it holds one.
        federation.release(settled);
        write(user, writer, draft);
        return session.users().getUserById(realm, user.getId());
    }

    // FederatedUser ignores writes to what Gigya owns, so that they go past it and past the cache.
    private void write(UserModel user, ProfileWriter writer, UserDraft draft) throws GigyaException {
        JpaUserLock.takeInTime(session, user.getId());
        var local = Optional.ofNullable(federation.localUsers().getUserById(realm, user.getId()))
                .filter(present -> standsFor(present, draft.profile().uid()))
                .orElseThrow(() -> GigyaException.unavailable("the user was removed or released at the same time"));
        federation.evict(user);
        // Another sign-in or a sync may have written the same, or less, while this one waited.
        if (isOnlyMissing(local) || writer.changes(local)) {
            MissingMark.enable(local);
            // Whoever signs in has proven to own the account, which somebody who only names the user has not.
            var isProven = draft.asOf().isPresent();
            draft.profile().endOlderSessions(local, isProven ? sessions().exceptOfLogin() : sessions());
            writer.write(local);
            ProfileMembers.write(session, realm, draft.profile(), local);
            draft.asOf()
                    .map(FederatedUser::text)
                    .ifPresent(text -> local.setSingleAttribute(FederatedUser.AS_OF, text));
        }
    }
}
