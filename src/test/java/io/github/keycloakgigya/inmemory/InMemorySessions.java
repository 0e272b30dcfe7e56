package io.github.keycloakgigya.inmemory;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/** The sessions of a realm (PersistentUserSessionProvider of 26.7), and the table that tells whose they are. */
public abstract class InMemorySessions implements UserSessionProvider {

    private final List<UserSessionModel> sessions = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private int queries;

    /**
     * Begins a session.
     *
     * @param started in seconds since 1970
     * @param clients at which the user is signed in by it
     */
    public UserSessionModel begin(UserModel user, boolean offline, int started, ClientModel... clients) {
        var session = mock(UserSessionModel.class);
        when(session.getId()).thenReturn("session " + sessions.size());
        when(session.getUser()).thenReturn(user);
        when(session.isOffline()).thenReturn(offline);
        when(session.getStarted()).thenReturn(started);
        var ofClients = new HashMap<String, AuthenticatedClientSessionModel>();
        for (var client : clients) {
            var ofClient = mock(AuthenticatedClientSessionModel.class);
            when(ofClient.getClient()).thenReturn(client);
            when(ofClient.getUserSession()).thenReturn(session);
            when(ofClient.getProtocol()).thenReturn("openid-connect");
            ofClients.put(client.getId(), ofClient);
        }
        when(session.getAuthenticatedClientSessions()).thenReturn(ofClients);
        sessions.add(session);
        return session;
    }

    /** {@return those that have not ended} */
    public List<UserSessionModel> open() {
        return List.copyOf(sessions);
    }

    /** {@return the ids of the users whose sessions were looked for, one by one} */
    public List<String> asked() {
        return asked;
    }

    /** {@return how often was asked who of many has sessions} */
    public int queries() {
        return queries;
    }

    @Override
    public Stream<UserSessionModel> getUserSessionsStream(RealmModel realm, UserModel user) {
        asked.add(user.getId());
        return of(user, false);
    }

    @Override
    public Stream<UserSessionModel> getOfflineUserSessionsStream(RealmModel realm, UserModel user) {
        return of(user, true);
    }

    private Stream<UserSessionModel> of(UserModel user, boolean offline) {
        return List.copyOf(sessions).stream()
                .filter(session -> session.getUser().getId().equals(user.getId()))
                .filter(session -> session.isOffline() == offline);
    }

    @Override
    public UserSessionModel getUserSession(RealmModel realm, String id) {
        return sessions.stream()
                .filter(session -> session.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void removeUserSession(RealmModel realm, UserSessionModel session) {
        sessions.remove(session);
    }

    @Override
    public void removeOfflineUserSession(RealmModel realm, UserSessionModel session) {
        sessions.remove(session);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Lets an entity manager answer whose sessions there are. */
    public void answer(EntityManager entities) {
        when(entities.createQuery(contains(" from PersistentUserSessionEntity "), eq(String.class)))
                .thenAnswer(call -> query());
    }

    @SuppressWarnings("unchecked")
    private TypedQuery<String> query() {
        queries++;
        Map<String, Object> parameters = new HashMap<>();
        TypedQuery<String> query = mock(TypedQuery.class);
        when(query.setParameter(anyString(), any(Object.class))).thenAnswer(call -> {
            parameters.put(call.getArgument(0), call.getArgument(1));
            return query;
        });
        when(query.getResultList())
                .thenAnswer(call -> sessions.stream()
                        .map(session -> session.getUser().getId())
                        .filter(((Collection<String>) parameters.get("users"))::contains)
                        .distinct()
                        .collect(Collectors.toList()));
        return query;
    }
}
