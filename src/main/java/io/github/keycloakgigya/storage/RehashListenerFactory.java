package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.federation.transfer.RehashedPassword;
import io.github.keycloakgigya.settings.GlobalListenerFactory;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.StorageId;

/** Listens in every realm for sign-ins of those who have left Gigya; there is nothing to configure. */
public final class RehashListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-rehashed-passwords";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new RehashListener(session);
    }

    /** Has {@code gigya.password} follow what sign-ins make of the passwords of those who have left. */
    static final class RehashListener implements EventListenerProvider {

        private final KeycloakSession session;

        RehashListener(KeycloakSession session) {
            this.session = session;
        }

        @Override
        public void onEvent(Event event) {
            // Who has left is in Keycloak's own tables. A user of another storage might be asked for elsewhere.
            if (event.getType() != EventType.LOGIN
                    || event.getError() != null
                    || event.getUserId() == null
                    || !StorageId.isLocalStorage(event.getUserId())) {
                return;
            }
            var realm = session.realms().getRealm(event.getRealmId());
            var user = realm == null ? null : session.users().getUserById(realm, event.getUserId());
            if (user != null) {
                RehashedPassword.noteAfter(session, realm, user);
            }
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            // Whoever sets a password there sets another one.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
