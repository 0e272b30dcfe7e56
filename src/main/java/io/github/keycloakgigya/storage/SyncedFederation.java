package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.settings.GigyaConnector;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A federation during a sync, which has no Keycloak session of its own.
 *
 * @param sessions makes sessions
 * @param realmId the realm's id
 * @param component the component as it was when the sync began
 * @param settings its settings
 */
record SyncedFederation(
        KeycloakSessionFactory sessions, String realmId, ComponentModel component, StorageSettings settings) {

    /** {@return a connection for one call} */
    GigyaApi gigya() {
        // What is connected outlives the session: it is the server's HTTP client.
        try (var session = sessions.create()) {
            return session.getProvider(GigyaConnector.class)
                    .connectForBulk(settings.site())
                    .api();
        }
    }

    BulkUsers bulk() {
        throw new UnsupportedOperationException();
    }

    /** {@return what a piece of work with the federation's users answers, in a transaction of its own} */
    <T> T inTransaction(Function<GigyaUsers, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> work.apply(users(session)));
    }

    private GigyaUsers users(KeycloakSession session) {
        var realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        return new GigyaUsers(session, realm, component, settings);
    }

    /** {@return what tells the site from others, in a few characters} A watermark is one of a site. */
    String siteId() {
        var site = settings.site().site();
        var name = site.domain().name() + '\0' + site.apiKey();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    String name() {
        return component.getName();
    }
}
