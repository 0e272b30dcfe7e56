package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import io.github.keycloakgigya.federation.organization.RealmOrganizations;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/**
 * A user federation as one Keycloak request sees it.
 *
 * @param session of the request
 * @param realm that the federation belongs to
 * @param component as the realm holds it
 * @param settings what the component says
 */
public record Federation(
        KeycloakSession session, RealmModel realm, ComponentModel component, StorageSettings settings) {

    /**
     * {@return the federation of a component}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public static Federation of(KeycloakSession session, RealmModel realm, ComponentModel component)
            throws SettingsException {
        return new Federation(session, realm, component, StorageSettings.of(session, component));
    }

    /**
     * Works outside of a Keycloak request, in a transaction of its own, which is committed where the work ends without an
     * exception.
     *
     * @param sessions opens the session of the work
     * @throws IllegalStateException where an administrator removed the realm or the federation
     */
    public static <T> T inTransaction(
            KeycloakSessionFactory sessions,
            String realmId,
            String componentId,
            StorageSettings settings,
            Function<Federation, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            var realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new IllegalStateException("realm " + realmId + " has been removed");
            }
            session.getContext().setRealm(realm);
            var component = realm.getComponent(componentId);
            if (component == null) {
                throw new IllegalStateException("user federation " + componentId + " has been removed");
            }
            return work.apply(new Federation(session, realm, component, settings));
        });
    }

    /** {@return the same federation, as another session sees it} */
    Federation in(KeycloakSession other, RealmModel ofOther) {
        return new Federation(other, ofOther, component, settings);
    }

    /** {@return the federation's id} */
    public String id() {
        return component.getId();
    }

    /** {@return what names its users} */
    public UserIds ids() {
        return new UserIds(component.getId());
    }

    /** {@return a connection whose calls share one deadline, which fits into Keycloak's time for a look-up} */
    public GigyaConnection connect() {
        return connector().connect(settings.site());
    }

    /** {@return a connection for a list that an administrator waits for} */
    public GigyaConnection connect(Purpose listing) {
        return connector().connect(settings.site(), listing);
    }

    /** {@return what this request knows of the site's accounts} */
    public SeenAccounts seen() {
        var key = "gigya.seen." + id();
        var seen = session.getAttribute(key, SeenAccounts.class);
        if (seen == null) {
            seen = new SeenAccounts();
            session.setAttribute(key, seen);
        }
        return seen;
    }

    /** {@return the users that Keycloak's own tables hold} */
    public UserProvider localUsers() {
        return UserStoragePrivateUtil.userLocalStorage(session);
    }

    /**
     * {@return the users of these tables with a UID as their attribute} They may be linked users, or another
     * federation's.
     */
    Stream<UserModel> localUsersNaming(Uid uid) {
        // The local storage answers exactly; other providers need not be asked.
        return localUsers().searchForUserByUserAttributeStream(realm, FederatedUser.UID, uid.value());
    }

    UserConflicts conflicts() {
        return new UserConflicts(realm, localUsers());
    }

    NameContest contest() {
        return new NameContest(id(), settings, conflicts());
    }

    /** Has other users lose what they lose by a settlement. Commits. */
    void release(Settlement settled) {
        new JpaNameRelease(session, realm, id()).of(settled);
    }

    /** {@return a profile with what its organizations amount to in the realm, where the settings ask for that} */
    ImportedProfile inOrganizations(ImportedProfile profile) {
        return settings.organizations()
                ? new ProfileMembers(new RealmOrganizations(id())).resolved(session, realm, profile)
                : profile;
    }

    /** {@return what knows the users who have left} */
    public ReleaseMark released() {
        return new ReleaseMark(session, realm, id());
    }

    /** {@return the links of identity providers to accounts of the federation} */
    public BrokerLinks brokerLinks() {
        return BrokerLinks.of(session, realm, settings);
    }

    /** Makes Keycloak's cache forget a user, on every node. What is written past the cache needs that. */
    public void evict(UserModel user) {
        var cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }

    private GigyaConnector connector() {
        return session.getProvider(GigyaConnector.class);
    }

    /** Leaves the component out, which holds the secret. */
    @Override
    public String toString() {
        return "Federation[" + id() + "]";
    }
}
