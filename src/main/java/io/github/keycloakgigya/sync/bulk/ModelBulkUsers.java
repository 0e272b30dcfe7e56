package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.GoneAccounts;
import io.github.keycloakgigya.federation.JpaNameRelease;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.NameContest;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import io.github.keycloakgigya.federation.Newcomers;
import io.github.keycloakgigya.federation.ProfileMembers;
import io.github.keycloakgigya.federation.Twins;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult.BulkTally;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult.BulkTally.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/** Writes users through Keycloak's model API, each in a transaction of its own, on every version of Keycloak. */
final class ModelBulkUsers implements BulkUsers {

    private static final Logger LOG = Logger.getLogger(ModelBulkUsers.class);

    private final DetachedFederation federation;
    private final ModelInactive inactive;
    private final BulkMembers members;

    ModelBulkUsers(DetachedFederation federation) {
        this(federation, new BulkMembers(federation));
    }

    ModelBulkUsers(DetachedFederation federation, BulkMembers members) {
        this.federation = federation;
        this.members = members;
        this.inactive = new ModelInactive(federation);
    }

    @Override
    public BulkResult write(List<FoundProfile> accounts) {
        var tally = new BulkTally();
        for (var part : ModelInactive.parts(accounts)) {
            var sessionless = inactive.sessionless(part.stream()
                    .filter(account ->
                            !account.active() || federation.settings().endSessionsOnPasswordChange())
                    .map(account -> account.profile().uid()));
            part.forEach(account -> write(account, tally, sessionless));
        }
        return tally.result();
    }

    @Override
    public void disable(List<InactiveAccount> accounts) {
        inactive.disable(accounts);
    }

    @Override
    public BulkResult preview(List<FoundProfile> accounts) {
        var tally = new BulkTally();
        accounts.forEach(account -> preview(account, tally));
        return tally.result();
    }

    @Override
    public List<KnownUser> after(String id, int most) {
        return federation.inTransaction((session, realm) -> new JpaLinkedUsers(session, federation).after(id, most));
    }

    @Override
    public long count() {
        return federation.inTransaction((session, realm) -> new JpaLinkedUsers(session, federation).count());
    }

    /** @param sessionless users who had no sessions a moment ago */
    void write(FoundProfile account, BulkTally tally, Set<String> sessionless) {
        var isWritten = count(account, tally, () -> {
            var outcome = outcome(account, sessionless);
            if (outcome == Outcome.ADDED && federation.inFederation(own -> new Twins(own).areLikely())) {
                federation.settle(account.profile().uid());
            }
            return outcome;
        });
        if (!isWritten) {
            InactiveAccount.of(account).ifPresent(refused -> inactive.disable(refused, sessionless));
        }
    }

    private Outcome outcome(FoundProfile account, Set<String> sessionless) {
        try {
            return writeAlone(account, sessionless);
        } catch (ModelDuplicateException raced) {
            // A sign-in added the user, or took its name, at the same time: now that is seen.
            return writeAlone(account, sessionless);
        }
    }

    private Outcome writeAlone(FoundProfile account, Set<String> sessionless) {
        return federation.inTransaction(
                (session, realm) -> write(session, realm, account, SessionEnd.sparing(sessionless, session, realm)));
    }

    void preview(FoundProfile account, BulkTally tally) {
        count(
                account,
                tally,
                () -> federation.inTransaction((session, realm) -> stored(
                                session, realm, account.profile().uid())
                        .map(user -> foresee(session, realm, user, members.resolved(account, session, realm)))
                        .orElseGet(() -> foreseeNew(session, realm, account))));
    }

    /** {@return whether the account could be written} */
    private boolean count(FoundProfile account, BulkTally tally, Supplier<Outcome> work) {
        try {
            var outcome = work.get();
            tally.add(account, outcome);
            return outcome != Outcome.CONFLICT;
        } catch (RuntimeException unwritable) {
            if (LostDatabase.isCauseOf(unwritable)) {
                throw unwritable;
            }
            // Its message may hold what is the person's own.
            var kind = unwritable.getClass().getSimpleName();
            LOG.debugf("The account of user %s can't be written: %s", idOf(account), kind);
            tally.fail(account, "Keycloak refused its user: " + kind);
            return false;
        }
    }

    private Outcome write(KeycloakSession session, RealmModel realm, FoundProfile found, SessionEnd sessions) {
        var account = members.resolved(found, session, realm);
        var stored = stored(session, realm, account.profile().uid());
        if (stored.isPresent()) {
            return update(session, realm, stored.get(), account, sessions);
        }
        if (new GoneAccounts(session, federation.componentId())
                .contains(account.profile().uid(), account.lastUpdated())) {
            return Outcome.UNCHANGED;
        }
        try {
            var id = newcomers(session, realm).admit(account.draft());
            var isNew = federation.ids().allOf(account.profile().uid()).anyMatch(id::equals);
            return isNew ? Outcome.ADDED : Outcome.UPDATED;
        } catch (AccountConflictException conflict) {
            return conflict.isOfReleased() ? Outcome.RELEASED : Outcome.CONFLICT;
        } catch (GigyaException nobodyWasAsked) {
            throw new IllegalStateException(nobodyWasAsked);
        }
    }

    private Outcome update(
            KeycloakSession session, RealmModel realm, UserModel local, FoundProfile account, SessionEnd sessions) {
        if (!change(account).isNeededBy(local)) {
            return Outcome.UNCHANGED;
        }
        var settled = settle(session, realm, local, account);
        var outcome = outcome(settled, local, account);
        if (outcome != Outcome.UPDATED) {
            return outcome;
        }
        new JpaNameRelease(session, realm, federation.componentId()).of(settled);
        var change = change(account.with(settled.profile()));
        JpaUserLock.take(session, local.getId());
        if (!FederatedUser.standsFor(
                local, federation.componentId(), account.profile().uid())) {
            return Outcome.RELEASED;
        }
        // A sign-in may have written the same while this waited.
        if (!change.isNeededBy(local)) {
            return Outcome.UNCHANGED;
        }
        var cache = Optional.ofNullable(UserStorageUtil.userCache(session));
        // Under the names that it had, and under those that it has now.
        cache.ifPresent(users -> users.evict(realm, local));
        change.write(local, sessions);
        ProfileMembers.write(session, realm, settled.profile(), local);
        cache.ifPresent(users -> users.evict(realm, local));
        return Outcome.UPDATED;
    }

    private Outcome foresee(KeycloakSession session, RealmModel realm, UserModel local, FoundProfile account) {
        return change(account).isNeededBy(local)
                ? outcome(settle(session, realm, local, account), local, account)
                : Outcome.UNCHANGED;
    }

    private Outcome outcome(Settlement settled, UserModel local, FoundProfile account) {
        if (settled.owner().isPresent()) {
            return Outcome.CONFLICT;
        }
        return change(account.with(settled.profile())).isNeededBy(local) ? Outcome.UPDATED : Outcome.UNCHANGED;
    }

    private BulkChange change(FoundProfile account) {
        return new BulkChange(account, federation.settings());
    }

    private Outcome foreseeNew(KeycloakSession session, RealmModel realm, FoundProfile account) {
        var newcomers = newcomers(session, realm);
        var draft = account.draft();
        if (newcomers.isReleased(draft)) {
            return Outcome.RELEASED;
        }
        try {
            var owner = newcomers.settle(draft).owner();
            if (owner.isEmpty()) {
                return Outcome.ADDED;
            }
            return newcomers.linking(owner.get(), draft).isPresent() ? Outcome.UPDATED : Outcome.CONFLICT;
        } catch (GigyaException nobodyWasAsked) {
            throw new IllegalStateException(nobodyWasAsked);
        }
    }

    private Settlement settle(KeycloakSession session, RealmModel realm, UserModel local, FoundProfile account) {
        var conflicts = new UserConflicts(realm, UserStoragePrivateUtil.userLocalStorage(session));
        try {
            return new NameContest(federation.componentId(), federation.settings(), conflicts)
                    .of(account.profile(), account.addresses(), Optional.of(local));
        } catch (GigyaException nobodyWasAsked) {
            throw new IllegalStateException(nobodyWasAsked);
        }
    }

    private Optional<UserModel> stored(KeycloakSession session, RealmModel realm, Uid uid) {
        return inactive.stored(session, realm, uid);
    }

    private Newcomers newcomers(KeycloakSession session, RealmModel realm) {
        return new Newcomers(session, realm, federation.component(realm), federation.settings());
    }

    private String idOf(FoundProfile account) {
        return federation.ids().of(account.profile().uid());
    }
}
