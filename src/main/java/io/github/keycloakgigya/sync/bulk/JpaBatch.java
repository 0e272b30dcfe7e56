package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.BrokerLinks;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.GoneAccounts;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.federation.UserIds;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Accounts sorted by what has to be written for them, as far as reading alone can tell. */
final class JpaBatch {

    private static final String POSTGRESQL = "PostgreSQL";

    private final DetachedFederation federation;
    private final UserIds ids;

    private final List<FoundProfile> fresh = new ArrayList<>();
    private final Map<String, FoundProfile> changed = new HashMap<>();
    private final List<FoundProfile> later = new ArrayList<>();
    private final List<FoundProfile> clashing = new ArrayList<>();
    private int unchanged;
    private int released;

    private JpaBatch(DetachedFederation federation) {
        this.federation = federation;
        this.ids = federation.ids();
    }

    static JpaBatch sort(
            List<FoundProfile> accounts, DetachedFederation federation, KeycloakSession session, RealmModel realm) {
        var entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        planForValues(entities);
        var batch = new JpaBatch(federation);
        batch.sort(
                accounts,
                realm,
                new JpaStoredUsers(session, realm, entities),
                new ReleaseMark(session, realm, federation.componentId()),
                BrokerLinks.of(session, realm, federation.settings()),
                new GoneAccounts(session, federation.componentId()));
        return batch;
    }

    /** {@return accounts that have no user} */
    List<FoundProfile> fresh() {
        return fresh;
    }

    /** {@return accounts whose user differs, by the user's id} */
    Map<String, FoundProfile> changed() {
        return changed;
    }

    /** {@return how many accounts have users that need no change} */
    int unchanged() {
        return unchanged;
    }

    /** {@return how many accounts have users who have left the federation} */
    int released() {
        return released;
    }

    /** {@return accounts that need a look at each by itself once the batch is written} */
    List<FoundProfile> later() {
        return later;
    }

    /** {@return accounts whose names an earlier account of the batch takes} */
    List<FoundProfile> clashing() {
        return clashing;
    }

    private void sort(
            List<FoundProfile> accounts,
            RealmModel realm,
            JpaStoredUsers users,
            ReleaseMark mark,
            BrokerLinks links,
            GoneAccounts gone) {
        var strangers = new HashMap<Uid, UserModel>();
        var known = known(accounts, users, strangers);
        mark.read(users, strangers.values().stream().map(user -> user.getId()).collect(Collectors.toSet()));
        var linked = links.linkedOf(accounts.stream()
                .map(account -> account.profile().uid())
                .filter(uid -> !known.containsKey(uid))
                .collect(Collectors.toSet()));
        var pending = new ArrayList<FoundProfile>();
        var seen = new HashSet<Uid>();
        var isAnyGone = !gone.isEmpty();
        for (var account : accounts) {
            var user = known.get(account.profile().uid());
            var isOthers = user == null
                    && (strangers.containsKey(account.profile().uid())
                            || linked.contains(account.profile().uid()));
            if (user == null && hasLeft(strangers.get(account.profile().uid()), account, mark)) {
                released++;
            } else if (!seen.add(account.profile().uid()) || isOthers) {
                later.add(account);
            } else if (user != null && !new BulkChange(account, federation.settings()).isNeededBy(user)) {
                unchanged++;
            } else if (user == null
                    && isAnyGone
                    && gone.contains(account.profile().uid(), account.lastUpdated())) {
                unchanged++;
            } else {
                pending.add(account);
            }
        }
        var names = new JpaNames(realm, federation, users, pending);
        pending.forEach(account -> sort(
                account, names, Optional.ofNullable(known.get(account.profile().uid()))));
    }

    private void sort(FoundProfile account, JpaNames names, Optional<UserModel> user) {
        var settled = names.settle(account, user);
        if (!settled.isUndisputed(account.profile())) {
            (settled.owner().filter(names::isClaimant).isPresent() ? clashing : later).add(account);
            return;
        }
        names.claim(user.map(found -> found.getId()).orElseGet(() -> idOf(account)), account.profile());
        if (user.isPresent()) {
            changed.put(user.get().getId(), account);
        } else {
            fresh.add(account);
        }
    }

    private static boolean hasLeft(UserModel stranger, FoundProfile account, ReleaseMark mark) {
        return stranger != null && mark.isOn(stranger, account.profile().uid());
    }

    /** @param strangers gets users whom something ties to an account, and who do not stand for it, by its UID */
    private Map<Uid, UserModel> known(
            List<FoundProfile> accounts, JpaStoredUsers users, Map<Uid, UserModel> strangers) {
        var known = new HashMap<Uid, UserModel>();
        var uids = new HashMap<String, Uid>();
        accounts.forEach(account -> uids.put(idOf(account), account.profile().uid()));
        for (var user : users.byIds(uids.keySet())) {
            var uid = FederatedUser.uidOf(user);
            if (isLinked(user)
                    && uid.filter(own -> user.getId().equals(ids.of(own))).isPresent()) {
                known.put(uid.get(), user);
            } else {
                strangers.put(uids.get(user.getId()), user);
            }
        }
        var others = accounts.stream()
                .map(account -> account.profile().uid())
                .filter(uid -> !known.containsKey(uid))
                .collect(Collectors.toSet());
        for (var user : users.byUids(others)) {
            var uid = FederatedUser.uidOf(user);
            if (isLinked(user)) {
                uid.ifPresent(own -> known.putIfAbsent(own, user));
            } else if (ReleaseMark.isShownBy(user)) {
                uid.ifPresent(own -> strangers.putIfAbsent(own, user));
            }
        }
        return known;
    }

    private boolean isLinked(UserModel user) {
        return federation.componentId().equals(user.getFederationLink());
    }

    private String idOf(FoundProfile account) {
        return ids.of(account.profile().uid());
    }

    /**
     * Has PostgreSQL plan the queries of a transaction for the values that they come with. The plan that it keeps for any
     * values, made while a first sync has hardly begun, reads all users of the realm for every batch, and compares each
     * with all names of the batch in turn: 200 ms a batch at 10,000 users, and growing.
     */
    static void planForValues(EntityManager entities) {
        var session = entities.unwrap(Session.class);
        var product =
                session.doReturningWork(connection -> connection.getMetaData().getDatabaseProductName());
        if (POSTGRESQL.equals(product)) {
            session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    // Since PostgreSQL 12; ends with the transaction.
                    statement.execute("set local plan_cache_mode = force_custom_plan");
                }
            });
        }
    }
}
