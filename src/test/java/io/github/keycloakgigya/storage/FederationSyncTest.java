package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.user.SynchronizationResult;

/** Which syncs do not even begin. */
class FederationSyncTest {

    private final SyncedShop shop = new SyncedShop(Map.of());

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
    void a_realm_that_is_gone_is_no_success() {
        var component = new UserStorageProviderModel(
                shop.shop().keycloak().federation(Shop.FEDERATION, "gigya", InMemoryGigya.settings(Map.of())));

        var result = new FederationSync(shop.shop().keycloak().sessions(), "gone", component).full();

        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).contains("unexpected failure");
    }

    private SynchronizationResult sync(Map<String, String> settings) {
        var component = new UserStorageProviderModel(
                shop.shop().keycloak().federation(Shop.FEDERATION, "gigya", InMemoryGigya.settings(settings)));
        return new FederationSync(
                        shop.shop().keycloak().sessions(), shop.shop().realm().getId(), component)
                .full();
    }
}
