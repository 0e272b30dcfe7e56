package io.github.keycloakgigya.federation.release;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.federation.release.ReleaseResult.RejoinResult;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.federation.transfer.LinkHandover;
import io.github.keycloakgigya.federation.transfer.PasswordHandover;
import io.github.keycloakgigya.federation.transfer.SignInProviders;
import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.UserModel;

/** Writes a batch of users in one transaction, whose rows nobody else can change meanwhile. */
final class JpaReleaseBatch {

    private final Federation federation;
    private final JpaStoredUsers stored;
    private final ReleaseMark mark;
    private final PasswordHandover passwords;
    private final LinkHandover links;

    JpaReleaseBatch(Federation federation) {
        this.federation = federation;
        this.stored = new JpaStoredUsers(
                federation.session(),
                federation.realm(),
                federation.session().getProvider(JpaConnectionProvider.class).getEntityManager());
        this.mark = federation.released();
        this.passwords = new PasswordHandover(federation.settings().passwordCheck());
        this.links = new LinkHandover(federation, new SignInProviders(federation));
    }

    /** {@return how many of these users of the federation could not sign in without Gigya} */
    long unable(List<String> ids) {
        var linked = linked(stored.byIds(ids));
        return linked.size() - able(linked).size();
    }

    /** @param forced how many are released at most who could not sign in */
    ReleaseResult release(List<String> ids, long forced) {
        var linked = linked(stored.locked(ids));
        stored.loadCredentials(ids);
        // One by one, each would have everything compared that the batch has changed so far.
        mark.read(stored, ids);
        var able = able(linked);
        var helpless = linked.stream()
                .filter(user -> !able.contains(user.getId()))
                .limit(forced)
                .map(user -> user.getId())
                .collect(Collectors.toSet());
        var leaving = linked.stream()
                .filter(user -> able.contains(user.getId()) || helpless.contains(user.getId()))
                .toList();
        for (var user : leaving) {
            federation.evict(user);
            mark.put(user);
            passwords.release(user);
            links.release(user);
        }
        return new ReleaseResult(
                leaving.size(), helpless.size(), linked.size() - leaving.size(), ids.size() - linked.size());
    }

    private Set<String> able(List<UserModel> users) {
        var open = users.stream().filter(user -> !LeavingState.isShutOut(user)).toList();
        return new JpaSignInMeans(federation).among(open);
    }

    /** Joins those who have left this federation, and whose place nobody has taken. */
    RejoinResult rejoin(List<String> ids) {
        var uids = new LinkedHashMap<UserModel, Uid>();
        var users = stored.locked(ids);
        stored.loadCredentials(ids);
        mark.read(stored, ids);
        users.forEach(user -> mark.uidOf(user).ifPresent(uid -> uids.put(user, uid)));
        var taken = taken(uids.values());
        var linked = federation.brokerLinks().userIds(Set.copyOf(uids.values()));
        var sessions = sessionsOf(uids.keySet());
        var joined = 0;
        for (var left : uids.entrySet()) {
            var user = left.getKey();
            var uid = left.getValue();
            if (linked.getOrDefault(uid, user.getId()).equals(user.getId()) && taken.add(uid)) {
                federation.evict(user);
                // Sessions that began since the release began without Gigya, and nothing says which these are.
                if (!passwords.rejoin(user)) {
                    sessions.of(user, EndReason.REJOINED);
                }
                mark.take(user, uid);
                links.rejoin(user);
                joined++;
            }
        }
        return new RejoinResult(joined, uids.size() - joined, ids.size() - uids.size());
    }

    private SessionEnd sessionsOf(Collection<UserModel> users) {
        var ids = users.stream().map(user -> user.getId()).toList();
        var sessionless = SessionEnd.sessionlessAmong(ids, federation.session(), federation.realm());
        return SessionEnd.sparing(sessionless, federation.session(), federation.realm());
    }

    /** {@return those of these UIDs that have a user of the federation} */
    private Set<Uid> taken(Collection<Uid> uids) {
        return linked(stored.byUids(uids)).stream()
                .flatMap(user -> FederatedUser.uidOf(user).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<UserModel> linked(List<UserModel> users) {
        return users.stream()
                .filter(user -> federation.id().equals(user.getFederationLink()))
                .toList();
    }

    /** Lists users by what Keycloak's model API can't look them up by: their link, or that they have none. */
    static final class JpaReleasePages {

        private final EntityManager entities;
        private final Federation federation;

        JpaReleasePages(Federation federation) {
            this.entities = federation
                    .session()
                    .getProvider(JpaConnectionProvider.class)
                    .getEntityManager();
            this.federation = federation;
        }

        /**
         * {@return the ids of users of the federation, in their order}
         *
         * @param id only behind this id; empty text for the first
         */
        List<String> linked(String id, int most) {
            return page("u.federationLink = :federation", id, most);
        }

        /** {@return the same of users who say that they have left it, which others can say too} */
        List<String> released(String id, int most) {
            return page(
                    "u.federationLink is null and exists (select a.id from UserAttributeEntity a where a.user = u"
                            + " and a.name = '" + FederatedUser.RELEASED + "' and a.value = :federation)",
                    id,
                    most);
        }

        private List<String> page(String condition, String id, int most) {
            // An empty text is null to some databases, and nothing is behind null.
            var behind = id.isEmpty() ? "" : " and u.id > :id";
            var query = entities.createQuery(
                            "select u.id from UserEntity u where u.realmId = :realm and " + condition + behind
                                    + " order by u.id",
                            String.class)
                    .setParameter("realm", federation.realm().getId())
                    .setParameter("federation", federation.id());
            if (!id.isEmpty()) {
                query.setParameter("id", id);
            }
            return query.setMaxResults(most).getResultList();
        }
    }
}
