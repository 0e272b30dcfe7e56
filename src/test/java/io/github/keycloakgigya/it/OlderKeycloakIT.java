package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The oldest version of Keycloak that is supported. */
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
        assertThat(Versions.shownBy(keycloak)).hasSize(5).containsOnly(Versions.ofJar());
    }

    @Test
    void a_person_signs_in_with_the_step_gigya_login() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var account = maria(realm.site());

            var claims = realm.signIn(account).accessClaims();

            assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
            assertThat(claims.path("given_name").asText()).isEqualTo("Maria");
        }
    }

    @Test
    void a_person_signs_in_with_the_identity_provider_and_comes_back() {
        try (var realm = BrokeredRealm.create(keycloak, simulator, Map.of())) {
            var account = maria(realm.realm().site());

            var first = realm.signIn(account);
            var second = realm.signIn(account);

            assertThat(second.subject()).isEqualTo(first.subject());
            assertThat(second.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
            assertThat(second.accessClaims().path("email_verified").asBoolean()).isTrue();
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
            assertThat(refused.body().path("errorMessage").asText()).contains("The API key must be the one of a site");
        }
    }

    private static Account maria(Site site) {
        return site.add(Account.builder()
                .verifiedEmail("maria@example.com")
                .profile("firstName", "Maria")
                .profile("lastName", "Example"));
    }
}
