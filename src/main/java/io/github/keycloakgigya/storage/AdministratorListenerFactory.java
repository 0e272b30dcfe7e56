package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.settings.GlobalListenerFactory;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/** Listens in every realm for users whom administrators save; there is nothing to configure. */
public final class AdministratorListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-users";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AdministratorListener(session);
    }

    /**
     * Lets a user stay disabled whom an administrator saved as disabled while its account was missing.
     *
     * <p>{@link FederatedUser} does not learn of it: Keycloak's cache passes on no change that changes nothing.
     */
    static final class AdministratorListener implements EventListenerProvider {

        private static final Pattern USER = Pattern.compile("users/([^/]+)");

        private final KeycloakSession session;

        AdministratorListener(KeycloakSession session) {
            this.session = session;
        }

        @Override
        public void onEvent(Event event) {
            // What people do themselves decides nothing here.
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            if (event.getError() != null
                    || event.getOperationType() != OperationType.UPDATE
                    || event.getResourcePath() == null) {
                return;
            }
            var user = USER.matcher(event.getResourcePath());
            if (user.matches()) {
                saved(event.getRealmId(), user.group(1));
            }
        }

        private void saved(String realmId, String userId) {
            var realm = session.realms().getRealm(realmId);
            if (realm == null) {
                return;
            }
            var user = UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, userId);
            if (user == null || user.isEnabled() || user.getFirstAttribute(FederatedUser.MISSING) == null) {
                return;
            }
            user.removeAttribute(FederatedUser.MISSING);
            var cache = UserStorageUtil.userCache(session);
            if (cache != null) {
                cache.evict(realm, user);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
