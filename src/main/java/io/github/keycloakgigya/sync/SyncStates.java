package io.github.keycloakgigya.sync;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * Where the state of a federation's syncs is kept: in Keycloak's table {@code SERVER_CONFIG}, whose rows have a version,
 * so that of two nodes that change one at once the second fails.
 *
 * <p>Not in the component's own settings: up to Keycloak 26.7 a change of these empties the realm's user cache
 * (keycloak#50596).
 */
public final class SyncStates {

    private static final String PREFIX = "gigya-sync-";
    private static final int ATTEMPTS = 3;

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final String componentId;

    /** Keeps the state of one federation. */
    public SyncStates(KeycloakSessionFactory sessions, String realmId, String componentId) {
        this.sessions = sessions;
        this.realmId = realmId;
        this.componentId = componentId;
    }

    /** Makes sure that there is a state, as long as there is the component. */
    void create() {
        committed(session -> {
            var realm = session.realms().getRealm(realmId);
            if (realm != null && realm.getComponent(componentId) != null) {
                states(session).loadOrCreate(key(), SyncState.NEW.text());
            }
            return true;
        });
    }

    /**
     * {@return the changed state; empty where it is not as expected, or there is none any more}
     *
     * @param expected is asked before each attempt
     */
    Optional<SyncState> change(Predicate<SyncState> expected, UnaryOperator<SyncState> change) {
        return committed(session -> {
            var changed = new AtomicReference<SyncState>();
            states(session)
                    .replace(
                            key(),
                            text -> {
                                var present = SyncState.parse(text);
                                if (expected.test(present)) {
                                    changed.set(change.apply(present));
                                }
                                return changed.get() != null;
                            },
                            () -> changed.get().text());
            return Optional.ofNullable(changed.get());
        });
    }

    private <T> T committed(KeycloakSessionTaskWithResult<T> work) {
        return committed(sessions, work);
    }

    private static <T> T committed(KeycloakSessionFactory sessions, KeycloakSessionTaskWithResult<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return KeycloakModelUtils.runJobInTransactionWithResult(sessions, work);
            } catch (RuntimeException e) {
                // Another node was faster, most likely. What it wrote decides.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private String key() {
        return key(realmId, componentId);
    }

    static String key(String realmId, String componentId) {
        return prefix(realmId) + componentId;
    }

    // With the length, no realm's prefix is the beginning of another's, whatever characters their ids hold.
    static String prefix(String realmId) {
        return PREFIX + realmId.length() + "-" + realmId + "-";
    }

    private static ServerConfigStorageProvider states(KeycloakSession session) {
        return session.getProvider(ServerConfigStorageProvider.class);
    }

    /** Forgets a federation, once the session's transaction has removed it. */
    public static void forget(KeycloakSession session, String realmId, String componentId) {
        afterwards(session, states -> states.remove(key(realmId, componentId)));
    }

    /**
     * Forgets all federations of a realm, once the session's transaction has removed it.
     *
     * @param removed the realm, whose components can still be read: Keycloak loaded them to remove them (RealmEntity of
     *     26.5 and 26.7). The keys can't be asked for: ServerConfigStorageProvider of 26.5 does not list them.
     */
    public static void forgetAll(KeycloakSession session, RealmModel removed) {
        var keys = removed.getComponentsStream(removed.getId(), UserStorageProvider.class.getName())
                .map(component -> key(removed.getId(), component.getId()))
                .toList();
        afterwards(session, states -> keys.forEach(states::remove));
    }

    // Not in the same transaction: a sync that runs may show a sign of life at that moment, and the removal would fail.
    private static void afterwards(KeycloakSession session, Consumer<ServerConfigStorageProvider> removal) {
        var sessions = session.getKeycloakSessionFactory();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                committed(sessions, own -> {
                    removal.accept(states(own));
                    return true;
                });
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was removed.
            }
        });
    }
}
