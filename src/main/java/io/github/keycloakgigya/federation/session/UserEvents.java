package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Admin events about users to whom something happened because of Gigya. No administrator did it, which Keycloak's own
 * builder of such events (AdminEventBuilder of 26.5 to 26.7) demands.
 */
public final class UserEvents {

    private static final String REASON = "gigya_reason";
    private static final String SESSIONS = "gigya_sessions";
    private static final String MERGED_INTO = "gigya_merged_into";

    /**
     * The sessions of a user.
     *
     * @param userId as events have it
     * @param reason why they ended
     * @param sessions how many they were
     */
    record Ended(String userId, EndReason reason, int sessions) {}

    private final RealmModel realm;
    private final Optional<EventStoreProvider> store;
    private final List<EventListenerProvider> listeners;

    /** @param realm of the users, in this session */
    public UserEvents(KeycloakSession session, RealmModel realm) {
        this.realm = realm;
        this.store = Optional.ofNullable(session.getProvider(EventStoreProvider.class))
                .filter(any -> realm.isAdminEventsEnabled());
        this.listeners = listeners(session);
    }

    private List<EventListenerProvider> listeners(KeycloakSession session) {
        var chosen = realm.getEventsListenersStream().toList();
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(EventListenerProvider.class)
                .filter(factory -> chosen.contains(factory.getId())
                        || factory instanceof EventListenerProviderFactory listening && listening.isGlobal())
                .map(factory -> session.getProvider(EventListenerProvider.class, factory.getId()))
                .toList();
    }

    /**
     * {@return whether such an event reports sessions that this extension ended because of the account at Gigya} No
     * administrator did that, whose events name a user.
     *
     * @param event of any kind
     */
    public static boolean isEndOfSessions(AdminEvent event) {
        return event.getDetails() != null
                && event.getDetails().containsKey(REASON)
                && event.getAuthDetails() != null
                && event.getAuthDetails().getUserId() == null;
    }

    void ended(Ended ended) {
        send(
                "users/" + ended.userId() + "/logout",
                Map.of(REASON, ended.reason().code(), SESSIONS, Integer.toString(ended.sessions())));
    }

    /**
     * The account of one user went into that of another.
     *
     * @param userId who met the policy for missing accounts
     * @param intoUserId who stays
     */
    public void merged(String userId, String intoUserId) {
        send("users/" + userId, Map.of(MERGED_INTO, intoUserId));
    }

    private void send(String path, Map<String, String> details) {
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
        event.setResourcePath(path);
        event.setDetails(details);
        var detailed = realm.isAdminEventsDetailsEnabled();
        store.ifPresent(kept -> kept.onEvent(event, detailed));
        listeners.forEach(listener -> listener.onEvent(event, detailed));
    }
}
