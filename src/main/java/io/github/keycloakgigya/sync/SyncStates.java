package io.github.keycloakgigya.sync;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * Where the state of a federation's syncs, or of another kind of long work, is kept: in Keycloak's table
 * {@code SERVER_CONFIG}, whose rows have a version, so that of two nodes that change one at once the second fails.
 *
 * <p>Not in the component's own settings: up to Keycloak 26.7 a change of these empties the realm's user cache
 * (keycloak#50596).
 */
public final class SyncStates {

    /** A kind of work, of which one at a time may run. Different kinds don't wait for each other. */
    public enum Work {
        /** A sync or its preview. */
        SYNC("gigya-sync-"),
        /** The transfer of what moves along when a company leaves Gigya, or its preview. */
        LEAVING("gigya-leaving-");

        private final String prefix;

        Work(String prefix) {
            this.prefix = prefix;
        }

        String key(String realmId, String componentId) {
            return prefix(realmId) + componentId;
        }

        /** {@return which federation a key is of; empty where it is none of this kind of work} */
        Optional<Place> placeOf(String key) {
            var lengthEnds = key.indexOf('-', prefix.length());
            if (!key.startsWith(prefix) || lengthEnds < 0) {
                return Optional.empty();
            }
            try {
                var realmBegins = lengthEnds + 1;
                var realmEnds = realmBegins + Integer.parseInt(key.substring(prefix.length(), lengthEnds));
                return Optional.of(new Place(key.substring(realmBegins, realmEnds), key.substring(realmEnds + 1)));
            } catch (NumberFormatException | StringIndexOutOfBoundsException another) {
                return Optional.empty();
            }
        }

        // With the length, no realm's prefix is the beginning of another's, whatever characters their ids hold.
        String prefix(String realmId) {
            return prefix + realmId.length() + "-" + realmId + "-";
        }
    }

    /** A federation that has a state. */
    public record Place(String realmId, String componentId) {}

    private static final int ATTEMPTS = 3;

    private final KeycloakSessionFactory sessions;
    private final Work work;
    private final String realmId;
    private final String componentId;

    /** Keeps the state of one federation. */
    public SyncStates(KeycloakSessionFactory sessions, Work work, String realmId, String componentId) {
        this.sessions = sessions;
        this.work = work;
        this.realmId = realmId;
        this.componentId = componentId;
    }

    /** {@return the federations that have a state of such work, in all realms; some may be gone} */
    public static List<Place> placesOf(Work work, KeycloakSession session) {
        return JpaStateKeys.beginningWith(work.prefix, session).stream()
                .flatMap(key -> work.placeOf(key).stream())
                .toList();
    }

    /** {@return the state; empty where none was ever kept} */
    public Optional<SyncState> present() {
        return committed(session -> {
            return states(session).find(key()).map(SyncState::parse);
        });
    }

    /** Makes sure that there is a state, as long as there is the component. */
    public void create() {
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
    public Optional<SyncState> change(Predicate<SyncState> expected, UnaryOperator<SyncState> change) {
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
        return work.key(realmId, componentId);
    }

    private static Stream<String> keys(String realmId, String componentId) {
        return Stream.of(Work.values()).map(work -> work.key(realmId, componentId));
    }

    private static ServerConfigStorageProvider states(KeycloakSession session) {
        return session.getProvider(ServerConfigStorageProvider.class);
    }

    /** Forgets a federation, once the session's transaction has removed it. */
    public static void forget(KeycloakSession session, String realmId, String componentId) {
        var keys = keys(realmId, componentId).toList();
        afterwards(session, states -> keys.forEach(states::remove));
    }

    /**
     * Forgets all federations of a realm, once the session's transaction has removed it.
     *
     * @param removed the realm, whose components can still be read: Keycloak loaded them to remove them (RealmEntity of
     *     26.5 and 26.7). The keys can't be asked for: ServerConfigStorageProvider of 26.5 does not list them.
     */
    public static void forgetAll(KeycloakSession session, RealmModel removed) {
        var keys = removed.getComponentsStream(removed.getId(), UserStorageProvider.class.getName())
                .flatMap(component -> keys(removed.getId(), component.getId()))
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
