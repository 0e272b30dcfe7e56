package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the Terraform files in {@code docs/examples} say is taken by a real Keycloak, and people sign in. */
@ExtendWith(SharedServers.class)
class TerraformExampleIT {

    private final KeycloakServer keycloak;
    private final ApplicationKey key = ApplicationKey.random();
    private final ShopRealm shop;

    TerraformExampleIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.shop = ShopRealm.of(simulator, key);
    }

    @AfterEach
    void delete_the_realm() {
        keycloak.admin().delete("realms/" + ShopRealm.NAME);
    }

    @Test
    void people_sign_in_after_it_and_keycloak_adds_no_setting_that_a_plan_would_want_to_remove() {
        keycloak.putSecret(ShopRealm.NAME, ShopRealm.VAULT_ENTRY, key.secret());
        var resources = TerraformFiles.resources(Map.of(
                "gigya_api_key",
                shop.site().apiKey(),
                "gigya_site",
                Map.of("apiDomain", shop.simulator().apiDomain(), "userKey", key.userKey()),
                "redirect_uris",
                List.of("https://shop.example.com/signed-in")));

        new TerraformRun(keycloak.admin()).create(resources);

        shop.letsIn(keycloak);
        var federation = keycloak.admin()
                .components(ShopRealm.NAME, "org.keycloak.storage.UserStorageProvider")
                .get(0);
        var stored = new TreeSet<String>();
        federation.path("config").fieldNames().forEachRemaining(stored::add);
        stored.removeAll(List.of("cachePolicy", "enabled", "priority", "fullSyncPeriod", "changedSyncPeriod"));
        assertThat(stored).containsExactlyInAnyOrderElementsOf(declaredSettings(resources));
        assertThat(federation.at("/config/secret/0").asText()).isEqualTo(ShopRealm.VAULT_REFERENCE);
    }

    private static List<String> declaredSettings(List<TerraformResource> resources) {
        return resources.stream()
                .filter(resource -> resource.type().equals("keycloak_custom_user_federation"))
                .flatMap(resource -> ((Map<?, ?>) resource.arguments().get("config")).keySet().stream())
                .map(Object::toString)
                .toList();
    }
}
