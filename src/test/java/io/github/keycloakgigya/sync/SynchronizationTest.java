package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;
import org.keycloak.storage.user.SynchronizationResult;

/** Which syncs begin at all, and what they leave behind. */
class SynchronizationTest {

    private final SyncedShop shop = new SyncedShop(Map.of());

    @BeforeEach
    void write_by_keycloaks_model() {
        var option = mock(Config.Scope.class);
        when(option.get(eq("bulkWrites"), any())).thenReturn("model");
        var factory = new GigyaUserStorageProviderFactory();
        factory.init(option);
        shop.shop().keycloak().provideFactory(UserStorageProvider.class, factory);
    }

    @Test
    void a_disabled_federation_is_not_synchronized() {
        var result = sync(Map.of("enabled", "false"));

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getStatus()).contains("disabled");
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_federation_that_imports_nobody_has_nothing_to_synchronize() {
        var result = sync(Map.of("importEnabled", "false"));

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getStatus()).contains("not imported");
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_setting_that_cannot_be_used_is_a_failure_that_names_it() {
        var result = sync(Map.of("searchPageSize", "many"));

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).contains("a setting can't be used", "searchPageSize");
    }

    @Test
    void a_second_sync_does_not_begin_while_one_runs() {
        shop.lock(Clock.systemUTC());

        var result = sync(Map.of());

        assertThat(result.isIgnored()).isTrue();
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_sync_goes_on_from_where_the_last_one_ended_and_lets_the_next_one_begin() {
        shop.shop().gigya().account("ann").withVerifiedEmail("ann@example.com");
        var sync = sync(shop.shop().realm().getId(), Map.of());

        assertThat(sync.full().getStatus()).startsWith("1 imported users");
        assertThat(sync.changed().getStatus()).isEqualTo("No account has changed");
        assertThat(sync.full().getStatus())
                .as("a full sync asks for all accounts whatever is known")
                .startsWith("0 imported users");
        assertThat(shop.userOf("ann")).isPresent();
    }

    @Test
    void a_sync_of_changes_asks_for_everything_where_no_sync_has_ended_before() {
        shop.shop().gigya().account("ann").withVerifiedEmail("ann@example.com");

        assertThat(sync(shop.shop().realm().getId(), Map.of()).changed().getStatus())
                .startsWith("1 imported users");
        assertThat(syncs("full", "finished")).isEqualTo(1);
    }

    @Test
    void a_sync_leaves_no_thread_behind() {
        sync(shop.shop().realm().getId(), Map.of()).full();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("gigya-sync")));
    }

    @Test
    void syncs_that_cannot_begin_are_measured_as_failures() {
        sync(shop.shop().realm().getId(), Map.of("searchPageSize", "many")).full();
        sync(shop.shop().realm().getId(), Map.of("searchPageSize", "many")).changed();

        assertThat(syncs("full", "failed")).isEqualTo(1);
        assertThat(syncs("changed", "failed")).isEqualTo(1);

        shop.shop().keycloak().provide(ServerConfigStorageProvider.class, null);
        sync(shop.shop().realm().getId(), Map.of()).changed();

        assertThat(syncs("changed", "failed")).isEqualTo(2);
    }

    @Test
    void a_realm_that_is_gone_is_no_success() {
        var result = sync("gone", Map.of()).full();

        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).contains("unexpected failure");
    }

    private SynchronizationResult sync(Map<String, String> settings) {
        return sync(shop.shop().realm().getId(), settings).full();
    }

    private Synchronization sync(String realmId, Map<String, String> settings) {
        var component = new UserStorageProviderModel(
                shop.shop().keycloak().federation(Shop.FEDERATION, "gigya", InMemoryGigya.settings(settings)));
        return new Synchronization(shop.shop().keycloak().sessions(), realmId, component, new BulkPath());
    }

    private double syncs(String kind, String outcome) {
        return shop.shop().counted("keycloak.gigya.syncs", "kind", kind, "outcome", outcome);
    }
}
