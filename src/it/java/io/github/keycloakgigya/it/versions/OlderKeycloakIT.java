package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OlderKeycloak;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Versions;
import io.github.keycloakgigya.it.leaving.LeavingRealm;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The oldest version of Keycloak that is supported, with its features as they are switched on by default. */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
class OlderKeycloakIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    OlderKeycloakIT(@OlderKeycloak KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void it_is_the_version_that_the_build_names() {
        assertThat(keycloak.admin()
                        .get("serverinfo")
                        .succeeded()
                        .body()
                        .at("/systemInfo/version")
                        .asText())
                .isEqualTo(System.getProperty("keycloak.older.version"));
    }

    @Test
    void the_server_tells_the_version_of_the_extension() {
        assertThat(Versions.shownBy(keycloak)).hasSize(12).containsOnly(Versions.ofJar());
    }

    @Test
    void who_has_left_types_the_password_and_everybody_else_gets_gigyas_page() {
        try (var leaving = LeavingRealm.create(keycloak, simulator, Map.of())) {
            var id = leaving.idOf(leaving.person("ida"));
            leaving.keepPassword(id);
            var preview = leaving.post("preview", "{}").succeeded();
            assertThat(preview.status()).isEqualTo(202);
            assertThat(Instant.parse(preview.body().path("started").textValue()))
                    .isBefore(Instant.now());

            leaving.post("release", "{\"users\": [\"" + id + "\"]}").succeeded();

            assertThat(leaving.signIn(LeavingRealm.email("ida"), LeavingRealm.PASSWORD)
                            .subject())
                    .isEqualTo(id);
            var newcomer = leaving.person("jo");
            assertThat(leaving.realm().userOf(newcomer).path("federationLink").asText())
                    .isEqualTo(leaving.realm().componentId());
        }
    }

    @Test
    void settings_that_can_not_be_used_and_masked_secrets_are_handled_alike() {
        try (var realm = BrokeredRealm.create(keycloak, simulator, Map.of())) {
            var provider = realm.realm().admin().get(realm.path()).succeeded().body();
            assertThat(provider.at("/config/clientSecret").asText()).isEqualTo("**********");

            var refused = realm.realm()
                    .admin()
                    .post(
                            realm.providers(),
                            realm.provider("other", realm.realm().site(), Map.of("clientId", "1_nonsense")));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("errorMessage").asText()).contains("must hold the API key of a site");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TOKEN_EXCHANGE", "AUTHORIZATION_GRANT"})
    void what_is_essential_works(Essential essential) {
        essential.tryOut(keycloak, simulator);
    }
}
