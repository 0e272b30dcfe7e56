package io.github.keycloakgigya.inmemory;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.datastore.DefaultDatastoreProvider;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.keycloak.tracing.NoopTracingProvider;
import org.keycloak.tracing.TracingProvider;

/** A Keycloak with the realm "shop". Everything that is written is there for all sessions at once. */
public final class InMemoryKeycloak {

    private static final String DEFAULT = "";

    private final InMemoryRealm realm = Partly.of(InMemoryRealm.class, "realm-of-shop", "shop");
    private final InMemoryUsers users = Partly.of(InMemoryUsers.class);
    private final InMemoryFederatedStorage federatedStorage = Partly.of(InMemoryFederatedStorage.class);
    private final InMemoryIdentityProviders identityProviders = Partly.of(InMemoryIdentityProviders.class);
    private final InMemorySessions userSessions = Partly.of(InMemorySessions.class);
    private final InMemorySessionFactory sessions = Partly.of(InMemorySessionFactory.class, this);
    private final LinkRows linkRows = new LinkRows(users);
    private final Map<Class<?>, Map<String, Function<KeycloakSession, Object>>> providers = new HashMap<>();
    private final Map<Class<?>, Map<String, ProviderFactory<?>>> factories = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<AdminEvent> adminEvents = new ArrayList<>();
    private final List<String> evicted = new ArrayList<>();
    private KeycloakSession session;

    public InMemoryKeycloak() {
        Profile.defaults();
        InMemoryRest.install();
        provide(RealmProvider.class, realms());
        provide(DatastoreProvider.class, datastore());
        provide(UserFederatedStorageProvider.class, federatedStorage);
        provide(IdentityProviderStorageProvider.class, identityProviders);
        provide(UserSessionProvider.class, userSessions);
        provide(JpaConnectionProvider.class, connection());
        provide(TracingProvider.class, new NoopTracingProvider());
        provide(OrganizationProvider.class, mock(OrganizationProvider.class));
        provide(SingleUseObjectProvider.class, InMemoryServer.singleUseObjects());
        provide(ExecutorsProvider.class, InMemoryServer.executors());
        provide(LoginProtocol.class, OIDCLoginProtocol.LOGIN_PROTOCOL, opened -> InMemoryServer.protocol());
        listenToEvents();
    }

    public InMemoryRealm realm() {
        return realm;
    }

    /** {@return the users of Keycloak's own tables} */
    public InMemoryUsers users() {
        return users;
    }

    public InMemoryFederatedStorage federatedStorage() {
        return federatedStorage;
    }

    /** The table of links loses a column, as it may with a later Keycloak. */
    public void loseColumnOfLinks(String column) {
        linkRows.lose(column);
    }

    public InMemoryIdentityProviders identityProviders() {
        return identityProviders;
    }

    /** {@return the sessions of people, signed in at clients} */
    public InMemorySessions userSessions() {
        return userSessions;
    }

    private JpaConnectionProvider connection() {
        var connection = linkRows.connection();
        userSessions.answer(connection.getEntityManager());
        return connection;
    }

    public KeycloakSessionFactory sessions() {
        return sessions;
    }

    /** {@return the session of a test's request, which is open until {@link #commit}} */
    public KeycloakSession session() {
        if (session == null) {
            session = newSession();
            session.getContext().setRealm(realm);
            session.getTransactionManager().begin();
        }
        return session;
    }

    public InMemoryContext context() {
        return (InMemoryContext) session().getContext();
    }

    /** Ends the request. The next one has another session. */
    public void commit() {
        var ended = session();
        session = null;
        ended.close();
    }

    /** Adds an enabled user of no federation. */
    public InMemoryUser addUser(String id, String username) {
        var user = (InMemoryUser) users.addUser(realm, id, username, true, true);
        user.setEnabled(true);
        return user;
    }

    /** {@return the user of an id, with no federation in between; null where there is none} */
    public InMemoryUser user(String id) {
        return (InMemoryUser) users.getUserById(realm, id);
    }

    /** Locks a user for a while, as after too many wrong passwords. */
    public void lock(UserModel user) {
        realm.setBruteForceProtected(true);
        var failures = mock(UserLoginFailureModel.class);
        when(failures.getFailedLoginNotBefore()).thenReturn((int) Instant.now().getEpochSecond() + 600);
        var store = mock(UserLoginFailureProvider.class);
        when(store.getUserLoginFailure(realm, user.getId())).thenReturn(failures);
        provide(UserLoginFailureProvider.class, store);
    }

    /** Links a user to an account. */
    public void link(UserModel user, String alias, String uid) {
        users.addFederatedIdentity(realm, user, new FederatedIdentityModel(alias, uid, user.getUsername()));
    }

    /** Adds a user federation, or changes one. */
    public ComponentModel federation(String id, String providerId, Map<String, String> settings) {
        var component = new ComponentModel();
        component.setId(id);
        component.setName("federation " + id);
        component.setParentId(realm.getId());
        component.setProviderType(UserStorageProvider.class.getName());
        component.setProviderId(providerId);
        settings.forEach(component::put);
        return realm.addComponentModel(component);
    }

    /** {@return a client of the realm} */
    public ClientModel client(String clientId) {
        var client = mock(ClientModel.class);
        when(client.getId()).thenReturn("id of " + clientId);
        when(client.getClientId()).thenReturn(clientId);
        when(client.getRealm()).thenReturn(realm);
        realm.add(client);
        return client;
    }

    /** {@return a login that has begun, and that the request of this session belongs to} */
    public InMemoryLogin login() {
        var login = Partly.of(InMemoryLogin.class, realm, client("app"));
        context().setAuthenticationSession(login);
        return login;
    }

    public <P extends Provider> void provide(Class<P> type, P provider) {
        provide(type, DEFAULT, opened -> provider);
    }

    public <P extends Provider> void provide(Class<P> type, String id, Function<KeycloakSession, P> provider) {
        providers.computeIfAbsent(type, any -> new HashMap<>()).put(id, provider::apply);
    }

    public <P extends Provider> void provideFactory(Class<P> type, ProviderFactory<?> factory) {
        factories.computeIfAbsent(type, any -> new HashMap<>()).put(factory.getId(), factory);
    }

    /** Makes a factory the one that the server uses where nobody names any. */
    public <P extends Provider> void provideDefaultFactory(Class<P> type, ProviderFactory<?> factory) {
        factories.computeIfAbsent(type, any -> new HashMap<>()).put("", factory);
    }

    /** Puts a cache of users in front of the storage, which holds nobody and notes whom it is to forget. */
    public void provideCache() {
        var cache = mock(UserCache.class);
        doAnswer(call -> evicted.add(call.getArgument(1, UserModel.class).getId()))
                .when(cache)
                .evict(any(), any(UserModel.class));
        provide(UserCache.class, cache);
    }

    /** {@return the ids of users whom the cache was told to forget} */
    public List<String> evicted() {
        return evicted;
    }

    /** {@return the events of people that were sent by the end of the request, which this is} */
    public List<Event> events() {
        commit();
        return events;
    }

    /** {@return the admin events that were sent so far} */
    public List<AdminEvent> adminEvents() {
        return adminEvents;
    }

    KeycloakSession newSession() {
        return Partly.of(InMemorySession.class, this);
    }

    <T extends Provider> T provider(Class<T> type, String id, KeycloakSession asking) {
        return Optional.ofNullable(providers.getOrDefault(type, Map.of()).get(id))
                .map(provider -> type.cast(provider.apply(asking)))
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    <T extends Provider> ProviderFactory<T> factory(Class<T> type, String id) {
        return (ProviderFactory<T>) factories.getOrDefault(type, Map.of()).get(id);
    }

    @SuppressWarnings("rawtypes")
    Stream<ProviderFactory> factories(Class<? extends Provider> type) {
        return factories.getOrDefault(type, Map.of()).values().stream().map(factory -> (ProviderFactory) factory);
    }

    private RealmProvider realms() {
        var realms = mock(RealmProvider.class);
        when(realms.getRealm(realm.getId())).thenReturn(realm);
        return realms;
    }

    private DatastoreProvider datastore() {
        var datastore = mock(DefaultDatastoreProvider.class);
        when(datastore.userLocalStorage()).thenReturn(users);
        return datastore;
    }

    private void listenToEvents() {
        var listener = mock(EventListenerProvider.class);
        doAnswer(call -> events.add(call.getArgument(0))).when(listener).onEvent(any(Event.class));
        doAnswer(call -> adminEvents.add(call.getArgument(0)))
                .when(listener)
                .onEvent(any(AdminEvent.class), anyBoolean());
        var factory = mock(EventListenerProviderFactory.class);
        when(factory.getId()).thenReturn("in-memory");
        when(factory.isGlobal()).thenReturn(true);
        provide(EventListenerProvider.class, "in-memory", opened -> listener);
        provideFactory(EventListenerProvider.class, factory);
    }
}
