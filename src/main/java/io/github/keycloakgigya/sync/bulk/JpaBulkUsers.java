package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.federation.Twins;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult.BulkTally;
import io.github.keycloakgigya.sync.bulk.JpaWriter.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Writes users through Keycloak's JPA entities, in batches: Keycloak's model API flushes to the database for every user.
 *
 * <p>A batch is sorted in one transaction and written in another. What is not plain, and every account of a batch that
 * failed, goes through the model API, so that one bad account does not spoil the others.
 */
public final class JpaBulkUsers implements BulkUsers {

    private static final Logger LOG = Logger.getLogger(JpaBulkUsers.class);

    /** How many accounts one transaction writes. */
    public static final int BATCH = 500;

    private final DetachedFederation federation;
    private final BulkMembers members;
    private final ModelBulkUsers oneByOne;

    JpaBulkUsers(DetachedFederation federation) {
        this.federation = federation;
        this.members = new BulkMembers(federation);
        this.oneByOne = new ModelBulkUsers(federation, members);
    }

    @Override
    public BulkResult write(List<FoundProfile> accounts) {
        return inBatches(accounts, this::write);
    }

    @Override
    public void disable(List<InactiveAccount> accounts) {
        for (var batch : BulkUsers.batches(accounts, BATCH)) {
            var known = federation.inTransaction((session, realm) -> enabled(batch, session, realm));
            oneByOne.disable(batch.stream()
                    .filter(account -> known.contains(account.uid()))
                    .toList());
        }
    }

    // Most have no user: people who never finished their registration may be many.
    private Set<Uid> enabled(List<InactiveAccount> accounts, KeycloakSession session, RealmModel realm) {
        var entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        JpaBatch.planForValues(entities);
        var uids = accounts.stream().map(InactiveAccount::uid).collect(Collectors.toSet());
        return new JpaStoredUsers(session, realm, entities)
                .byUids(uids).stream()
                        .filter(UserModel::isEnabled)
                        .flatMap(user -> FederatedUser.uidOf(user).stream())
                        .collect(Collectors.toSet());
    }

    @Override
    public BulkResult preview(List<FoundProfile> accounts) {
        return inBatches(accounts, this::preview);
    }

    @Override
    public List<KnownUser> after(String id, int most) {
        return oneByOne.after(id, most);
    }

    @Override
    public long count() {
        return oneByOne.count();
    }

    private static BulkResult inBatches(List<FoundProfile> accounts, BiConsumer<List<FoundProfile>, BulkTally> work) {
        var tally = new BulkTally();
        BulkUsers.batches(accounts, BATCH).forEach(batch -> work.accept(batch, tally));
        return tally.result();
    }

    private void write(List<FoundProfile> accounts, BulkTally tally) {
        var later = new ArrayList<FoundProfile>();
        var added = new ArrayList<FoundProfile>();
        tryWhole(accounts, later, () -> {
            var batch = sort(accounts);
            var written = batch.fresh().isEmpty() && batch.changed().isEmpty()
                    ? new Written(0, 0, List.of())
                    : federation.inTransaction(
                            (session, realm) -> new JpaWriter(federation, session, realm).write(batch));
            tally.add(batch.fresh().size(), written.updated(), batch.unchanged() + written.unchanged());
            tally.released(batch.released());
            later.addAll(written.later());
            later.addAll(batch.clashing());
            later.addAll(batch.later());
            added.addAll(batch.fresh());
        });
        later.forEach(account -> oneByOne.write(account, tally, Set.of()));
        settle(added);
    }

    // A user may have followed one of these accounts to its UID meanwhile.
    private void settle(List<FoundProfile> added) {
        var uids = added.stream().map(account -> account.profile().uid()).collect(Collectors.toSet());
        var withTwo = federation.inFederation(own -> uids.isEmpty() || !new Twins(own).areLikely()
                ? Set.<Uid>of()
                : ofSeveralUsers(uids, own.session(), own.realm()));
        withTwo.forEach(federation::settle);
    }

    private Set<Uid> ofSeveralUsers(Set<Uid> uids, KeycloakSession session, RealmModel realm) {
        var seen = new HashSet<Uid>();
        var entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        JpaBatch.planForValues(entities);
        return new JpaStoredUsers(session, realm, entities)
                .byUids(uids).stream()
                        .flatMap(user -> FederatedUser.uidOf(user).stream())
                        .filter(uid -> !seen.add(uid))
                        .collect(Collectors.toSet());
    }

    private void preview(List<FoundProfile> accounts, BulkTally tally) {
        var later = new ArrayList<FoundProfile>();
        tryWhole(accounts, later, () -> {
            var batch = sort(accounts);
            tally.add(batch.fresh().size(), batch.changed().size(), batch.unchanged());
            tally.released(batch.released());
            batch.clashing().forEach(account -> tally.add(account, BulkTally.Outcome.CONFLICT));
            later.addAll(batch.later());
        });
        later.forEach(account -> oneByOne.preview(account, tally));
    }

    private static void tryWhole(List<FoundProfile> accounts, List<FoundProfile> later, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException refused) {
            if (LostDatabase.isCauseOf(refused)) {
                throw refused;
            }
            // Its message may hold what is a person's own.
            LOG.debugf(
                    "A batch of %d accounts is written one by one: %s",
                    accounts.size(), refused.getClass().getSimpleName());
            later.addAll(accounts);
        }
    }

    private JpaBatch sort(List<FoundProfile> accounts) {
        return federation.inTransaction((session, realm) ->
                JpaBatch.sort(members.resolved(accounts, session, realm), federation, session, realm));
    }
}
