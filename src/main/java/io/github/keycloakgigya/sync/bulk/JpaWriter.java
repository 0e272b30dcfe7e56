package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.federation.ProfileMembers;
import io.github.keycloakgigya.federation.session.SessionEnd;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** Writes a batch in one transaction. */
final class JpaWriter {

    private static final int STATEMENTS_AT_ONCE = 100;

    private final DetachedFederation federation;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager entities;
    private final Optional<UserCache> cache;

    JpaWriter(DetachedFederation federation, KeycloakSession session, RealmModel realm) {
        this.federation = federation;
        this.session = session;
        this.realm = realm;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.cache = Optional.ofNullable(UserStorageUtil.userCache(session));
    }

    /** {@return what became of the batch} Its {@link JpaBatch#later later} accounts are not touched. */
    Written write(JpaBatch batch) {
        // Keycloak leaves Hibernate's default, a round trip for each row.
        entities.unwrap(Session.class).setJdbcBatchSize(STATEMENTS_AT_ONCE);
        // Nothing that is read here depends on what is written here, and to look before each query takes long.
        entities.setFlushMode(FlushModeType.COMMIT);
        var written = change(batch);
        new JpaNewUsers(session, realm, entities, federation).add(batch.fresh());
        return written;
    }

    private Written change(JpaBatch batch) {
        var users = new HashMap<String, UserModel>();
        new JpaStoredUsers(session, realm, entities)
                .locked(batch.changed().keySet())
                .forEach(user -> users.put(user.getId(), user));
        var sessions = sessions(batch, users);
        var later = new ArrayList<FoundProfile>();
        var updated = 0;
        for (var changed : batch.changed().entrySet()) {
            var user = users.get(changed.getKey());
            var account = changed.getValue();
            if (user == null
                    || !FederatedUser.standsFor(
                            user, federation.componentId(), account.profile().uid())) {
                later.add(account);
            } else if (change(user, account, sessions)) {
                updated++;
            }
        }
        return new Written(updated, batch.changed().size() - updated - later.size(), later);
    }

    /** {@return what ends the sessions of those who are going to lose some} */
    private SessionEnd sessions(JpaBatch batch, Map<String, UserModel> users) {
        var leaving = users.values().stream()
                .filter(user -> change(batch.changed().get(user.getId())).endsSessions(user))
                .map(user -> user.getId())
                .toList();
        return SessionEnd.sparing(SessionEnd.sessionlessAmong(leaving, session, realm), session, realm);
    }

    private BulkChange change(FoundProfile account) {
        return new BulkChange(account, federation.settings());
    }

    // Somebody may have written since the batch was sorted.
    private boolean change(UserModel user, FoundProfile account, SessionEnd sessions) {
        var change = change(account);
        if (!change.isNeededBy(user)) {
            return false;
        }
        // Under the names that it had, and under those that it has now.
        cache.ifPresent(users -> users.evict(realm, user));
        change.write(user, sessions);
        ProfileMembers.write(session, realm, account.profile(), user);
        cache.ifPresent(users -> users.evict(realm, user));
        return true;
    }

    /**
     * What became of a batch.
     *
     * @param updated users that were changed
     * @param unchanged users that did not need it any more
     * @param later accounts whose user is gone or another's meanwhile
     */
    record Written(int updated, int unchanged, List<FoundProfile> later) {}
}
