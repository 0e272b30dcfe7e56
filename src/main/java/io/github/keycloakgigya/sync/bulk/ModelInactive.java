package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/** Disables the users of accounts that may not sign in at Gigya, each in a transaction of its own. */
final class ModelInactive {

    private static final Logger LOG = Logger.getLogger(ModelInactive.class);

    // Of so many is found out at once who has sessions, which is not true for long.
    private static final int LOOKED_AT_ONCE = 100;

    private final DetachedFederation federation;

    ModelInactive(DetachedFederation federation) {
        this.federation = federation;
    }

    /** {@return as many at a time as are looked at together} */
    static <T> List<List<T>> parts(List<T> all) {
        return BulkUsers.batches(all, LOOKED_AT_ONCE);
    }

    /**
     * {@return users of these UIDs who have no sessions, by one statement} Without linked users, whose ids are
     * other ones, and who are looked at one by one.
     */
    Set<String> sessionless(Stream<Uid> uids) {
        var userIds = uids.map(uid -> federation.ids().of(uid)).toList();
        return userIds.isEmpty()
                ? Set.of()
                : federation.inTransaction((session, realm) -> SessionEnd.sessionlessAmong(userIds, session, realm));
    }

    void disable(List<InactiveAccount> accounts) {
        for (var part : parts(accounts)) {
            var sessionless = sessionless(part.stream().map(InactiveAccount::uid));
            part.forEach(account -> disable(account, sessionless));
        }
    }

    // In a transaction of its own, since whoever is banned could otherwise see to it that nothing is written.
    void disable(InactiveAccount account, Set<String> sessionless) {
        try {
            federation.inTransaction((session, realm) -> {
                stored(session, realm, account.uid())
                        .filter(UserModel::isEnabled)
                        .filter(user -> !account.searchedAt().isOlderThan(user))
                        .ifPresent(user -> disable(session, realm, user, sessionless));
                return null;
            });
        } catch (RuntimeException failed) {
            if (LostDatabase.isCauseOf(failed)) {
                throw failed;
            }
            LOG.warnf(
                    "User %s, whose account in Gigya is disabled, could not be disabled: %s",
                    federation.ids().of(account.uid()), failed.getClass().getSimpleName());
        }
    }

    private void disable(KeycloakSession session, RealmModel realm, UserModel user, Set<String> sessionless) {
        JpaUserLock.take(session, user.getId());
        if (!federation.componentId().equals(user.getFederationLink())) {
            // Released while this waited.
            return;
        }
        LOG.infof("User %s is disabled, as its account in Gigya is", user.getId());
        Optional.ofNullable(UserStorageUtil.userCache(session)).ifPresent(users -> users.evict(realm, user));
        MissingMark.correct(user, false, SessionEnd.sparing(sessionless, session, realm));
    }

    /** {@return the user that stands for an account} */
    Optional<UserModel> stored(KeycloakSession session, RealmModel realm, Uid uid) {
        var local = UserStoragePrivateUtil.userLocalStorage(session);
        return Optional.ofNullable(local.getUserById(realm, federation.ids().of(uid)))
                .filter(user -> FederatedUser.standsFor(user, federation.componentId(), uid))
                .or(() -> local.searchForUserByUserAttributeStream(realm, FederatedUser.UID, uid.value())
                        .filter(user -> FederatedUser.standsFor(user, federation.componentId(), uid))
                        .findFirst());
    }
}
