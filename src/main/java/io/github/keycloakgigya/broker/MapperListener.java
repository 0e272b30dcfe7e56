package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.services.ErrorResponse;
import org.keycloak.util.JsonSerialization;

/**
 * Refuses mappers that can't do their work when an administrator saves them. Keycloak asks no mapper whether its settings
 * can be used (IdentityProviderResource of 26.7); it tells listeners while the transaction is still open.
 */
final class MapperListener implements EventListenerProvider {

    private final KeycloakSession session;

    MapperListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // What people do themselves changes no mapper.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getError() == null
                && event.getResourceType() == ResourceType.IDENTITY_PROVIDER_MAPPER
                && (event.getOperationType() == OperationType.CREATE
                        || event.getOperationType() == OperationType.UPDATE)) {
            var realm = session.realms().getRealm(event.getRealmId());
            Stream.concat(Stream.of(idOfPath(event)), idOfRepresentation(event).stream())
                    .distinct()
                    .map(session.identityProviders()::getMapperById)
                    .flatMap(Stream::ofNullable)
                    .forEach(mapper -> require(mapper, realm));
        }
    }

    private static String idOfPath(AdminEvent event) {
        var path = event.getResourcePath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // Keycloak saves the mapper that the body names, whatever the path says (IdentityProviderResource of 26.7).
    private static Optional<String> idOfRepresentation(AdminEvent event) {
        try {
            return event.getRepresentation() == null
                    ? Optional.empty()
                    : Optional.ofNullable(JsonSerialization.readValue(
                                    event.getRepresentation(), IdentityProviderMapperRepresentation.class)
                            .getId());
        } catch (IOException impossible) {
            throw new IllegalStateException("an event holds what Keycloak wrote into it", impossible);
        }
    }

    private void require(IdentityProviderMapperModel mapper, RealmModel realm) {
        var factory = session.getKeycloakSessionFactory()
                .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper());
        if (factory instanceof GigyaMapper ours) {
            try {
                ours.check(session, realm, mapper);
            } catch (SettingsException refused) {
                refuse(new AdminMessages(session, realm, Optional.empty()).of(refused));
            }
        }
    }

    // Keycloak swallows what a listener throws (AdminEventBuilder of 26.7), but not what keeps it from committing.
    private void refuse(String message) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                throw ErrorResponse.error(message, Response.Status.BAD_REQUEST);
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was done.
            }
        });
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
