package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * A user federation as work outside of a request sees it, tied to no session.
 *
 * @param sessions opens sessions of its own
 * @param realmId the realm that it belongs to
 * @param componentId its own id
 * @param settings how it is configured
 */
public record DetachedFederation(
        KeycloakSessionFactory sessions, String realmId, String componentId, StorageSettings settings) {

    private static final Logger LOG = Logger.getLogger(DetachedFederation.class);

    /** Works as {@link Federation#inTransaction}. */
    public <T> T inTransaction(BiFunction<KeycloakSession, RealmModel, T> work) {
        return inFederation(own -> work.apply(own.session(), own.realm()));
    }

    /** Works as {@link Federation#inTransaction}. */
    public <T> T inFederation(Function<Federation, T> work) {
        return Federation.inTransaction(sessions, realmId, componentId, settings, work);
    }

    /** Leaves one user of an account, as {@link GigyaUsers#settle}. Where the database does not let it, the rest goes on. */
    void settle(Uid uid) {
        try {
            inFederation(own -> GigyaFederations.usersOf(own).settle(uid));
        } catch (ModelException refused) {
            LOG.warnf("Whether user %s is the only one of its account could not be seen", ids().of(uid));
        }
    }

    /** {@return what names its users} */
    public UserIds ids() {
        return new UserIds(componentId);
    }

    /** {@return the federation as a realm holds it now, in one of these transactions} */
    ComponentModel component(RealmModel realm) {
        return realm.getComponent(componentId);
    }
}
