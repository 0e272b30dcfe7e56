package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.function.BiFunction;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A user federation as work outside of a request sees it.
 *
 * @param sessions opens sessions of its own
 * @param realmId the realm that it belongs to
 * @param componentId its own id
 * @param settings how it is configured
 */
public record BulkFederation(
        KeycloakSessionFactory sessions, String realmId, String componentId, StorageSettings settings) {

    /**
     * Works in a transaction of its own, which is committed where the work ends without an exception.
     *
     * @throws IllegalStateException where an administrator removed the realm or the federation
     */
    public <T> T inTransaction(BiFunction<KeycloakSession, RealmModel, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            var realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new IllegalStateException("realm " + realmId + " has been removed");
            }
            session.getContext().setRealm(realm);
            component(realm);
            return work.apply(session, realm);
        });
    }

    /** {@return what names its users} */
    public UserIds ids() {
        return new UserIds(componentId);
    }

    /** {@return the federation as a realm holds it now} */
    public ComponentModel component(RealmModel realm) {
        var component = realm.getComponent(componentId);
        if (component == null) {
            throw new IllegalStateException("user federation " + componentId + " has been removed");
        }
        return component;
    }
}
