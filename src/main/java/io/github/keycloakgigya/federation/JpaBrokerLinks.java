package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SiteAccounts;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * The users whom identity providers link to accounts of a federation. Who is linked has proven the account, so that no
 * second user is made for it.
 */
public final class JpaBrokerLinks {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SiteAccounts accounts;

    /** Looks at the links to the accounts of a federation's site. */
    public JpaBrokerLinks(KeycloakSession session, RealmModel realm, StorageSettings settings) {
        this.session = session;
        this.realm = realm;
        this.accounts = SiteAccounts.of(settings.site());
    }

    /** {@return the user of Keycloak's own tables whom an account is linked to} */
    Optional<UserModel> userOf(String uid) {
        return Optional.ofNullable(userIds(Set.of(uid)).get(uid))
                .map(id -> UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, id));
    }

    /** {@return those accounts of many that are linked to a user} */
    public Set<String> linkedOf(Collection<String> uids) {
        return userIds(uids).keySet();
    }

    /** Has links of a user to an account of the federation name it by the UID that it goes by now. */
    void follow(UserModel user, String uid, String newUid) {
        session.users()
                .getFederatedIdentitiesStream(realm, user)
                .filter(link -> link.getUserId().equals(uid) && isOfAccounts(link.getIdentityProvider()))
                .toList()
                .forEach(link -> follow(user, link, newUid));
    }

    private void follow(UserModel user, FederatedIdentityModel link, String newUid) {
        var alias = link.getIdentityProvider();
        var renamed = new FederatedIdentityModel(alias, newUid, link.getUserName(), link.getToken());
        // Whoever is linked to the other UID has proven it.
        if (session.users().getUserByFederatedIdentity(realm, renamed) == null) {
            // Keycloak changes all of a link but the UID (JpaUserProvider of 26.7).
            session.users().removeFederatedIdentity(realm, user, alias);
            session.users().addFederatedIdentity(realm, user, renamed);
        }
    }

    /** {@return whether a user is linked to another account of the federation} */
    boolean isOfAnother(UserModel user, String uid) {
        return session.users()
                .getFederatedIdentitiesStream(realm, user)
                .anyMatch(link -> !link.getUserId().equals(uid) && isOfAccounts(link.getIdentityProvider()));
    }

    // One statement for any number of identity providers, by the index of UIDs. Some databases take no notice of letter
    // case, so that the UIDs are compared again.
    private Map<String, String> userIds(Collection<String> uids) {
        var ids = new HashMap<String, String>();
        // Keycloak has this in its cache.
        if (uids.isEmpty() || !session.identityProviders().isIdentityFederationEnabled()) {
            return ids;
        }
        entities()
                .createQuery(
                        "select l.userId, l.user.id, l.identityProvider from FederatedIdentityEntity l"
                                + " where l.realmId = :realm and l.userId in :uids",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("uids", uids)
                .getResultStream()
                .filter(row -> uids.contains(row[0]) && isOfAccounts((String) row[2]))
                .forEach(row -> ids.putIfAbsent((String) row[0], (String) row[1]));
        return ids;
    }

    private boolean isOfAccounts(String alias) {
        return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                .flatMap(SiteAccounts::of)
                .filter(accounts::include)
                .isPresent();
    }

    private EntityManager entities() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
