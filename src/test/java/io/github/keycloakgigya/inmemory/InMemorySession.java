package io.github.keycloakgigya.inmemory;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.ThemeManager;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.provider.Provider;
import org.keycloak.services.DefaultKeycloakTransactionManager;
import org.keycloak.sessions.AuthenticationSessionProvider;
import org.keycloak.storage.UserStorageManager;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.vault.VaultTranscriber;

/** A session of Keycloak (DefaultKeycloakSession of 26.7), without a cache of users in front of the storage. */
public abstract class InMemorySession implements KeycloakSession {

    private final InMemoryKeycloak keycloak;
    private final Map<String, Object> attributes = new HashMap<>();
    private final InMemoryContext context = Partly.of(InMemoryContext.class);
    private final KeycloakTransactionManager transactions = new DefaultKeycloakTransactionManager(this);
    private final UserProvider users = new UserStorageManager(this);

    protected InMemorySession(InMemoryKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public KeycloakContext getContext() {
        return context;
    }

    @Override
    public KeycloakTransactionManager getTransactionManager() {
        return transactions;
    }

    @Override
    public KeycloakSessionFactory getKeycloakSessionFactory() {
        return keycloak.sessions();
    }

    @Override
    public <T extends Provider> T getProvider(Class<T> type) {
        return keycloak.provider(type, "", this);
    }

    @Override
    public <T extends Provider> T getProvider(Class<T> type, String id) {
        return keycloak.provider(type, id, this);
    }

    @Override
    public Class<? extends Provider> getProviderClass(String name) {
        return UserStorageProvider.class.getName().equals(name) ? UserStorageProvider.class : null;
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public <T> T getAttribute(String name, Class<T> type) {
        return type.cast(attributes.get(name));
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public Object removeAttribute(String name) {
        return attributes.remove(name);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public void enlistForClose(Provider provider) {
        // Nothing is held.
    }

    @Override
    public RealmProvider realms() {
        return getProvider(RealmProvider.class);
    }

    @Override
    public UserProvider users() {
        return users;
    }

    @Override
    public UserSessionProvider sessions() {
        return getProvider(UserSessionProvider.class);
    }

    @Override
    public AuthenticationSessionProvider authenticationSessions() {
        return getProvider(AuthenticationSessionProvider.class);
    }

    @Override
    public UserLoginFailureProvider loginFailures() {
        return getProvider(UserLoginFailureProvider.class);
    }

    @Override
    public SingleUseObjectProvider singleUseObjects() {
        return getProvider(SingleUseObjectProvider.class);
    }

    @Override
    public IdentityProviderStorageProvider identityProviders() {
        return getProvider(IdentityProviderStorageProvider.class);
    }

    @Override
    public ThemeManager theme() {
        return InMemoryServer.theme();
    }

    @Override
    public VaultTranscriber vault() {
        return InMemoryServer.vault();
    }

    @Override
    public void close() {
        if (!transactions.isActive()) {
            return;
        }
        if (transactions.getRollbackOnly()) {
            transactions.rollback();
        } else {
            transactions.commit();
        }
    }
}
