package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.federation.NameContest.Contested;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/**
 * Takes an address from users who hold it unverified, since its owner has verified it. Nothing else of them changes: they
 * keep their roles, links and sessions, and sign in as before. An event tells the administrator.
 */
public final class JpaNameRelease {

    /** What a user lost, in the event of the user: {@code email}, {@code username} or both. */
    static final String DETAIL = "gigya_released";

    private static final Logger LOG = Logger.getLogger(JpaNameRelease.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String componentId;

    /** @param componentId of the federation, whose users alone lose anything */
    public JpaNameRelease(KeycloakSession session, RealmModel realm, String componentId) {
        this.session = session;
        this.realm = realm;
        this.componentId = componentId;
    }

    /** Has the users of a settlement lose what they lose. Commits, so that the owner can be written. */
    public void of(Settlement settlement) {
        settlement.lost().forEach(this::release);
    }

    // In a transaction of its own, as the import of the owner: it would wait for the one of this request.
    private void release(Contested contested) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            var ownRealm = own.realms().getRealm(realm.getId());
            var entities = own.getProvider(JpaConnectionProvider.class).getEntityManager();
            new JpaStoredUsers(own, ownRealm, entities)
                    .locked(List.of(contested.holder().getId())).stream()
                            .map(holder -> new Contested(holder, contested.name()))
                            // Its owner may have verified it meanwhile.
                            .filter(held -> componentId.equals(held.holder().getFederationLink()) && !held.isVerified())
                            .forEach(held -> release(own, ownRealm, held));
        });
        forget(session, realm, contested.holder());
    }

    private static void release(KeycloakSession session, RealmModel realm, Contested held) {
        var holder = held.holder();
        var hasEmail = held.name().equals(holder.getEmail());
        var hasUsername = held.name().equals(holder.getUsername());
        if (!hasEmail && !hasUsername) {
            return;
        }
        forget(session, realm, holder);
        if (hasEmail) {
            holder.setEmail(null);
            holder.setEmailVerified(false);
        }
        if (hasUsername) {
            holder.setUsername(freeNameOf(session, realm, holder));
        }
        forget(session, realm, holder);
        var what = hasEmail && hasUsername ? "email username" : hasEmail ? "email" : "username";
        LOG.warnf(
                "User %s loses an address that another account of the site has verified, as: %s", holder.getId(), what);
        new EventBuilder(realm, session)
                .event(EventType.UPDATE_PROFILE)
                .user(holder)
                .detail(DETAIL, what)
                .success();
    }

    // Somebody could have taken the UID for a name, in order to keep what is another's.
    private static String freeNameOf(KeycloakSession session, RealmModel realm, UserModel holder) {
        var users = UserStoragePrivateUtil.userLocalStorage(session);
        return FederatedUser.uidOf(holder)
                .map(uid -> Username.ofUid(uid).text())
                .filter(name -> users.getUserByUsername(realm, name) == null)
                .orElseGet(() -> holder.getId());
    }

    private static void forget(KeycloakSession session, RealmModel realm, UserModel user) {
        Optional.ofNullable(UserStorageUtil.userCache(session)).ifPresent(cache -> cache.evict(realm, user));
    }
}
