package io.github.keycloakgigya.federation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The admin event which says that the account of one user went into that of another. No administrator did it, which
 * Keycloak's own builder of such events (AdminEventBuilder of 26.5 to 26.7) demands.
 *
 * @param realm of the users
 */
record MergeEvent(KeycloakSession session, RealmModel realm) {

    /** The event's detail that names the user who stays. */
    static final String INTO = "gigya_merged_into";

    void send(String userId, String intoUserId) {
        var event = event(userId, intoUserId);
        var detailed = realm.isAdminEventsDetailsEnabled();
        Optional.ofNullable(session.getProvider(EventStoreProvider.class))
                .filter(store -> realm.isAdminEventsEnabled())
                .ifPresent(store -> store.onEvent(event, detailed));
        listeners().forEach(listener -> listener.onEvent(event, detailed));
    }

    private List<EventListenerProvider> listeners() {
        var chosen = realm.getEventsListenersStream().toList();
        Stream<EventListenerProvider> all = session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(EventListenerProvider.class)
                .filter(factory -> chosen.contains(factory.getId())
                        || factory instanceof EventListenerProviderFactory listening && listening.isGlobal())
                .map(factory -> session.getProvider(EventListenerProvider.class, factory.getId()));
        return all.toList();
    }

    private AdminEvent event(String userId, String intoUserId) {
        var event = new AdminEvent();
        event.setId(KeycloakModelUtils.generateId());
        event.setTime(Time.currentTimeMillis());
        event.setRealmId(realm.getId());
        event.setRealmName(realm.getName());
        var by = new AuthDetails();
        by.setRealmId(realm.getId());
        by.setRealmName(realm.getName());
        event.setAuthDetails(by);
        event.setOperationType(OperationType.ACTION);
        event.setResourceType(ResourceType.USER);
        event.setResourcePath("users/" + userId);
        event.setDetails(Map.of(INTO, intoUserId));
        return event;
    }
}
