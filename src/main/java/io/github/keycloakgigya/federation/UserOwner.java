package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * The Gigya federation that a user belongs to, also one that is disabled, can't be used, or was removed.
 *
 * @param id of the federation
 * @param name by which administrators know it
 * @param accounts those that its users stand for; empty where nothing says which
 */
public record UserOwner(String id, String name, Optional<SiteAccounts> accounts) {

    /**
     * {@return the owner of a user; empty where that is Keycloak itself, or a federation of another kind} A federation
     * that is not there any more can have been of any kind, and counts as one that accepts nobody.
     */
    static Optional<UserOwner> of(RealmModel realm, UserModel user) {
        return idOf(user).flatMap(id -> of(id, Optional.ofNullable(realm.getComponent(id))));
    }

    private static Optional<UserOwner> of(String id, Optional<ComponentModel> component) {
        if (component.isEmpty()) {
            return Optional.of(new UserOwner(id, id, Optional.empty()));
        }
        return component
                .filter(found -> StorageSettings.PROVIDER_ID.equals(found.getProviderId()))
                .map(found -> new UserOwner(
                        id, found.getName(), SiteAccounts.of(SettingsReader.ofComponent(found.getConfig()))));
    }

    /** {@return the id of the federation, of whatever kind, that a user belongs to} */
    static Optional<String> idOf(UserModel user) {
        return Optional.ofNullable(
                StorageId.isLocalStorage(user.getId()) ? user.getFederationLink() : StorageId.providerId(user.getId()));
    }

    /**
     * {@return whether the federation itself names all of these sites}
     *
     * @param sites whose sign-ins would reach the user; empty where nothing says which
     */
    public boolean accepts(Optional<SiteAccounts> sites) {
        return accounts.isPresent() && sites.filter(accounts.get()::include).isPresent();
    }

    /** {@return whether a user of the federation stands for an account, whose UID is compared exactly} */
    public boolean knows(UserModel user, Uid uid) {
        return StorageId.isLocalStorage(user.getId())
                ? FederatedUser.standsFor(user, id, uid)
                : new UserIds(id).uidOfRemote(user.getId()).filter(uid::equals).isPresent();
    }
}
