package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An identity provider moves to another server in a file. */
@OnlyInFullBuild
class BrokeredRealmFileIT {

    private static final KeycloakDistribution DISTRIBUTION = TestProviders.inBuild();

    @Test
    void a_secret_in_clear_text_goes_with_it_and_a_masked_one_has_to_be_entered_again(@TempDir Path directory)
            throws IOException {
        try (var simulator = GigyaSimulator.start()) {
            var settings = KeycloakSettings.named("idp-file").takingForGigya(simulator);
            var first = KeycloakServer.start(DISTRIBUTION, settings, step -> {});
            var realm = BrokeredRealm.create(first, simulator, Map.of("screenSet", "Shop-Login", "syncMode", "FORCE"));
            var site = realm.realm().site();
            var account = site.add(Account.builder()
                    .verifiedEmail("maria@example.com")
                    .profile("firstName", "Maria")
                    .profile("lastName", "Example"));
            var user = realm.signIn(account).subject();
            var file = directory.resolve(realm.realm().name() + "-realm.json");
            first.closeAndExport(realm.realm().name(), file);

            var exported = (ObjectNode) Json.parse(Files.readString(file));
            var secret = Json.parse(
                    exported.at("/identityProviders/0/config/clientSecret").asText());
            assertThat(secret.path("secret").asText()).isEqualTo(site.partnerSecret());
            assertThat(secret.path("apiKey").asText()).isEqualTo(site.apiKey());
            ((ArrayNode) exported.get("identityProviders"))
                    .add(realm.provider("masked", site, Map.of("clientSecret", "**********")));
            Files.writeString(file, exported.toString());

            try (var second = KeycloakServer.start(DISTRIBUTION, settings.importing(file), step -> {})) {
                var moved = realm.at(second);
                var config = moved.realm()
                        .admin()
                        .get(moved.path())
                        .succeeded()
                        .body()
                        .path("config");
                assertThat(config.path("screenSet").asText()).isEqualTo("Shop-Login");
                assertThat(config.path("syncMode").asText()).isEqualTo("FORCE");
                assertThat(moved.signIn(account).subject()).isEqualTo(user);

                assertThat(second.log().entries()).anySatisfy(entry -> {
                    assertThat(entry.level()).isEqualTo("WARN");
                    assertThat(entry.message()).contains("masked", "enter the secret");
                });
                assertThat(moved.open("masked").text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
            }
        }
    }
}
