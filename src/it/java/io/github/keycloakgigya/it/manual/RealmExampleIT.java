package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.LeakCheck;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.Shell;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realm file in {@code docs/examples} comes into a server in both ways that Keycloak has. */
@OnlyInFullBuild
class RealmExampleIT {

    private static final KeycloakDistribution DISTRIBUTION = TestProviders.inBuild();

    @Test
    void people_sign_in_after_an_import_at_the_start_and_after_one_while_the_server_is_stopped() throws IOException {
        try (var simulator = GigyaSimulator.start()) {
            var key = ApplicationKey.random();
            var shop = ShopRealm.of(simulator, key);
            var settings = KeycloakSettings.named("realm-example").takingForGigya(simulator);
            var home = importAtTheStart(shop, settings, key);

            importWhileStopped(shop, home, key);

            try (var server = KeycloakServer.start(DISTRIBUTION, settings.keepingData(), step -> {})) {
                shop.isMisconfigured(server);
                var vault = new MountedSecret(home.resolve("vault"));
                vault.hold(ShopRealm.NAME + "_" + ShopRealm.VAULT_ENTRY, key.secret());
                shop.letsIn(server);

                var newKey = key.withNewSecret();
                shop.changeSecret(newKey);
                shop.isMisconfigured(server);
                vault.hold(ShopRealm.NAME + "_" + ShopRealm.VAULT_ENTRY, newKey.secret());
                shop.letsIn(server);

                assertThat(new LeakCheck(Secrets.soFar()).inLog(server.log().entries()))
                        .isEmpty();
            }
        }
    }

    private static Path importAtTheStart(ShopRealm shop, KeycloakSettings settings, ApplicationKey key) {
        var starting = settings.importing(ShopRealm.FILE);
        for (var variable : shop.variables(key.secret()).entrySet()) {
            starting = starting.withVariable(variable.getKey(), variable.getValue());
        }
        try (var server = KeycloakServer.start(DISTRIBUTION, starting, step -> {})) {
            shop.letsIn(server);
            return server.home();
        }
    }

    private static void importWhileStopped(ShopRealm shop, Path home, ApplicationKey key) throws IOException {
        // Keycloak asks the identity provider whether it takes the settings, which reads the vault.
        new MountedSecret(home.resolve("vault")).hold(ShopRealm.NAME + "_" + ShopRealm.VAULT_ENTRY, key.secret());
        Files.copy(ShopRealm.FILE, home.resolve("shop-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        var environment = shop.variables(ShopRealm.VAULT_REFERENCE);
        environment.put("KC_VAULT_DIR", home.resolve("vault").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Shell.run(ConfigurationPage.IMPORT.script(), Map.copyOf(environment), home);
    }
}
