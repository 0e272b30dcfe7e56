package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * The users whom identity providers link to accounts of a federation. Who is linked has proven the account, so that no
 * second user is made for it. Read through Keycloak's JPA entity where that fits, and through its model API otherwise.
 */
public abstract sealed class BrokerLinks permits JpaBrokerLinks, BrokerLinks.OfModel {

    final KeycloakSession session;
    final RealmModel realm;
    private final SiteAccounts accounts;

    BrokerLinks(KeycloakSession session, RealmModel realm, StorageSettings settings) {
        this.session = session;
        this.realm = realm;
        this.accounts = SiteAccounts.of(settings.site());
    }

    /** {@return the links to the accounts of a federation's site} */
    public static BrokerLinks of(KeycloakSession session, RealmModel realm, StorageSettings settings) {
        return JpaBrokerLinks.isFit(session)
                ? new JpaBrokerLinks(session, realm, settings)
                : new OfModel(session, realm, settings);
    }

    /** {@return the user of Keycloak's own tables whom an account is linked to} */
    final Optional<UserModel> userOf(Uid uid) {
        return Optional.ofNullable(userIds(Set.of(uid)).get(uid))
                .map(id -> UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, id));
    }

    /** {@return those accounts of many that are linked to a user} */
    public final Set<Uid> linkedOf(Collection<Uid> uids) {
        return userIds(uids).keySet();
    }

    /** Has links of a user to an account of the federation name it by the UID that it goes by now. */
    final void follow(UserModel user, Uid uid, Uid newUid) {
        session.users()
                .getFederatedIdentitiesStream(realm, user)
                .filter(link -> link.getUserId().equals(uid.value()) && isOfAccounts(link.getIdentityProvider()))
                .toList()
                .forEach(link -> follow(user, link, newUid));
    }

    private void follow(UserModel user, FederatedIdentityModel link, Uid newUid) {
        var alias = link.getIdentityProvider();
        var renamed = new FederatedIdentityModel(alias, newUid.value(), link.getUserName(), link.getToken());
        // Whoever is linked to the other UID has proven it.
        if (session.users().getUserByFederatedIdentity(realm, renamed) == null) {
            // Keycloak changes all of a link but the UID (JpaUserProvider of 26.7).
            session.users().removeFederatedIdentity(realm, user, alias);
            session.users().addFederatedIdentity(realm, user, renamed);
        }
    }

    /** {@return whether a user is linked to another account of the federation} */
    final boolean isOfAnother(UserModel user, Uid uid) {
        return session.users()
                .getFederatedIdentitiesStream(realm, user)
                .anyMatch(link -> !link.getUserId().equals(uid.value()) && isOfAccounts(link.getIdentityProvider()));
    }

    /** {@return the ids of the users whom these accounts are linked to, by the UIDs of those that are} */
    public final Map<Uid, String> userIds(Collection<Uid> uids) {
        // Keycloak has this in its cache.
        return uids.isEmpty() || !session.identityProviders().isIdentityFederationEnabled() ? Map.of() : linked(uids);
    }

    /** {@return the ids of the users whom identity providers of the site link to these accounts, by their UIDs} */
    abstract Map<Uid, String> linked(Collection<Uid> uids);

    /** {@return whether an identity provider leads to accounts of the federation} */
    final boolean isOfAccounts(String alias) {
        return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                .filter(this::isOfAccounts)
                .isPresent();
    }

    final boolean isOfAccounts(IdentityProviderModel provider) {
        return SiteAccounts.of(provider).filter(accounts::include).isPresent();
    }

    /** As Keycloak's model API tells them: one look-up for each account and identity provider. */
    static final class OfModel extends BrokerLinks {

        OfModel(KeycloakSession session, RealmModel realm, StorageSettings settings) {
            super(session, realm, settings);
        }

        @Override
        Map<Uid, String> linked(Collection<Uid> uids) {
            var ids = new HashMap<Uid, String>();
            var providers = session.identityProviders()
                    .getAllStream(IdentityProviderQuery.any())
                    .filter(this::isOfAccounts)
                    .map(IdentityProviderModel::getAlias)
                    .toList();
            for (var alias : providers) {
                uids.forEach(uid -> linked(alias, uid).ifPresent(user -> ids.putIfAbsent(uid, user.getId())));
            }
            return ids;
        }

        // Some databases take no notice of letter case, so that the UID is compared again.
        private Optional<UserModel> linked(String alias, Uid uid) {
            var local = UserStoragePrivateUtil.userLocalStorage(session);
            return Optional.ofNullable(local.getUserByFederatedIdentity(
                            realm, new FederatedIdentityModel(alias, uid.value(), null)))
                    .filter(user -> Optional.ofNullable(local.getFederatedIdentity(realm, user, alias))
                            .filter(link -> uid.value().equals(link.getUserId()))
                            .isPresent());
        }
    }
}
