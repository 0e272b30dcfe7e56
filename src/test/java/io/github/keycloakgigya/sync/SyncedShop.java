package io.github.keycloakgigya.sync;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.sync.bulk.BulkUsersInMemory;
import io.github.keycloakgigya.sync.bulk.DetachedFederation;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/** A realm whose user federation is synchronized. */
public final class SyncedShop {

    private static final ClusterView CLUSTER = new ClusterView("node", Set.of("node"));

    private final Shop shop;
    private final Map<String, String> serverConfig = new ConcurrentHashMap<>();

    public SyncedShop(Map<String, String> settings) {
        shop = Shop.federated(settings);
        shop.keycloak().provide(ServerConfigStorageProvider.class, serverConfig());
    }

    public Shop shop() {
        return shop;
    }

    public SyncTarget federation() throws SettingsException {
        var component = shop.realm().getComponent(Shop.FEDERATION);
        var settings = StorageSettings.of(shop.session(), component);
        var federation =
                new DetachedFederation(shop.keycloak().sessions(), shop.realm().getId(), Shop.FEDERATION, settings);
        return new SyncTarget(federation, "shop", new BulkUsersInMemory(shop, federation));
    }

    /** {@return a user of the federation, whose account may be there or not} */
    public InMemoryUser user(String uid) {
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid(uid)), uid);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute(FederatedUser.UID, uid);
        return user;
    }

    /** {@return the user of an account; empty where there is none} */
    Optional<InMemoryUser> userOf(String uid) {
        return Optional.ofNullable(shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(uid))));
    }

    SyncStates states() {
        return new SyncStates(
                shop.keycloak().sessions(), SyncStates.Work.SYNC, shop.realm().getId(), Shop.FEDERATION);
    }

    SyncLock lock(Clock clock) {
        return SyncLock.take(states(), clock, CLUSTER).orElseThrow();
    }

    SyncMeter meter() {
        var watched = new SyncMeter.Federation(shop.realm().getId(), Shop.FEDERATION, "shop", "shop", Duration.ZERO);
        return GigyaConnector.metersOf(shop.session()).syncs().of(watched);
    }

    /** Forgets what all nodes know of this sync, as where the federation is removed. */
    void forgetState() {
        serverConfig.clear();
    }

    /** Has another node take the sync over. */
    void takeOver() {
        states().change(
                        any -> true,
                        state -> new SyncState("another sync", "another node", state.seen(), "", Optional.empty(), ""));
    }

    @SuppressWarnings("unchecked")
    private ServerConfigStorageProvider serverConfig() {
        var storage = mock(ServerConfigStorageProvider.class);
        when(storage.loadOrCreate(anyString(), anyString()))
                .thenAnswer(call -> serverConfig.computeIfAbsent(call.getArgument(0), key -> call.getArgument(1)));
        when(storage.find(anyString()))
                .thenAnswer(call -> Optional.ofNullable(serverConfig.get(call.<String>getArgument(0))));
        when(storage.replace(anyString(), any(Predicate.class), any(Supplier.class)))
                .thenAnswer(call -> replace(call.getArgument(0), call.getArgument(1), call.getArgument(2)));
        doAnswer(call -> serverConfig.remove(call.<String>getArgument(0)))
                .when(storage)
                .remove(anyString());
        return storage;
    }

    private boolean replace(String key, Predicate<String> condition, Supplier<String> value) {
        if (serverConfig.containsKey(key) && condition.test(serverConfig.get(key))) {
            serverConfig.put(key, value.get());
            return true;
        }
        return false;
    }
}
