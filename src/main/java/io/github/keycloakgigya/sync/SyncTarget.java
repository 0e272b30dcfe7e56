package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import io.github.keycloakgigya.sync.bulk.BulkUsers;
import io.github.keycloakgigya.sync.bulk.DetachedFederation;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * A federation whose users are synchronized.
 *
 * @param federation the federation
 * @param name as the administrator calls it
 * @param users its users in Keycloak
 */
public record SyncTarget(DetachedFederation federation, String name, BulkUsers users) {

    /**
     * {@return the federation as it is configured now}
     *
     * @param bulk how users are written in bulk on this server
     * @throws SettingsException where a setting can't be used
     */
    public static SyncTarget of(
            KeycloakSessionFactory sessions, String realmId, ComponentModel component, BulkPath bulk)
            throws SettingsException {
        var federation =
                new DetachedFederation(sessions, realmId, component.getId(), settings(sessions, realmId, component));
        return new SyncTarget(federation, component.getName(), bulk.users(federation));
    }

    private static StorageSettings settings(KeycloakSessionFactory sessions, String realmId, ComponentModel component)
            throws SettingsException {
        try (var session = sessions.create()) {
            session.getTransactionManager().begin();
            // The vault is the realm's.
            session.getContext().setRealm(session.realms().getRealm(realmId));
            return StorageSettings.of(session, component);
        }
    }

    /** {@return what the federation says} */
    public StorageSettings settings() {
        return federation.settings();
    }

    /** {@return what names its users} */
    public UserIds ids() {
        return federation.ids();
    }

    /** {@return a connection for one call} */
    GigyaApi gigya() {
        return connect().api();
    }

    /** {@return a connection for one call} */
    public GigyaConnection connect() {
        // What is connected outlives the session: it is the server's HTTP client.
        try (var session = federation.sessions().create()) {
            return session.getProvider(GigyaConnector.class).connect(settings().site(), Purpose.SYNC);
        }
    }

    /** {@return what a piece of work with the users answers, in a transaction of its own} */
    <T> T inTransaction(Function<GigyaUsers, T> work) {
        return federation.inFederation(own -> work.apply(GigyaFederations.usersOf(own)));
    }

    /** {@return what tells the site from others, in a few characters} A watermark is one of a site. */
    public String siteId() {
        var site = settings().site().site();
        var text = site.domain().name() + '\0' + site.apiKey();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
