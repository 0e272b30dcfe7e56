package io.github.keycloakgigya.settings;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.util.JsonSerialization;

/**
 * Refuses settings that can't be used when an administrator saves them, where Keycloak asks nobody. Keycloak tells
 * listeners while the transaction is still open.
 */
public final class SavedSettingsListener implements EventListenerProvider {

    /**
     * How an administrator saves something.
     *
     * @param kind of what is saved
     * @param operation that saves it
     */
    public record Save(ResourceType kind, OperationType operation) {}

    private final KeycloakSession session;
    private final Set<Save> saves;
    private final SavedSettings settings;

    /**
     * Listens for one kind of settings.
     *
     * @param saves after which they are looked at
     */
    public SavedSettingsListener(KeycloakSession session, Set<Save> saves, SavedSettings settings) {
        this.session = session;
        this.saves = Set.copyOf(saves);
        this.settings = settings;
    }

    @Override
    public void onEvent(Event event) {
        // What people do themselves changes no settings.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getError() == null
                && event.getResourceType() != null
                && saves.contains(new Save(event.getResourceType(), event.getOperationType()))) {
            var realm = session.realms().getRealm(event.getRealmId());
            Stream.concat(Stream.of(idOfPath(event)), idOfRepresentation(event).stream())
                    .distinct()
                    .map(id -> settings.refusal(realm, id))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(this::refuse);
        }
    }

    private static String idOfPath(AdminEvent event) {
        var path = event.getResourcePath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // Keycloak saves the mapper that the body names, whatever the path says, and a new configuration of a step has no
    // id in the path (IdentityProviderResource, AuthenticationManagementResource of 26.7).
    private static Optional<String> idOfRepresentation(AdminEvent event) {
        try {
            return event.getRepresentation() == null
                    ? Optional.empty()
                    : Optional.ofNullable(JsonSerialization.readValue(event.getRepresentation(), JsonNode.class)
                            .path("id")
                            .textValue());
        } catch (IOException impossible) {
            throw new IllegalStateException("an event holds what Keycloak wrote into it", impossible);
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

    /** Settings of one kind, of which Keycloak asks nobody whether they can be used. */
    public interface SavedSettings {

        /**
         * {@return what an administrator reads about settings that can't be used; empty where they can, or are not of this
         * extension}
         *
         * @param id under which they may have been saved
         */
        Optional<String> refusal(RealmModel realm, String id);
    }
}
