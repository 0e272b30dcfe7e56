package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.RsaApplicationKey;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody gets in where an administrator has not finished, and whoever tries reads why. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisconfiguredIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    MisconfiguredIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @Test
    void a_disabled_federation_lets_nobody_in() {
        attacked.realm().setFederation("enabled", "false");
        try {
            assertRefused(attacked.realm().login());
        } finally {
            attacked.realm().setFederation("enabled", "true");
        }
        attacked.signIn(attacked.victim());
    }

    @Test
    void a_federation_that_is_disabled_while_the_page_stands_open_lets_nobody_in() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.victim(), visitor);
        attacked.realm().setFederation("enabled", "false");
        try {
            var attempt = attacked.attempt(visitor, form).wasRefused(Refusal.GIGYA_MISCONFIGURED);

            assertThat(attempt.answer().status()).isEqualTo(500);
        } finally {
            attacked.realm().setFederation("enabled", "true");
        }
    }

    @Test
    void signed_uids_let_nobody_in_where_the_settings_hold_a_private_key_instead_of_a_secret() {
        var key = RsaApplicationKey.generate();
        var site = simulator.addSite(Site.builder().rsaApplicationKey(key));
        var settings =
                Map.of("authorizationMethod", "bearer", "userKey", key.userKey(), "secret", key.privateKeyAsPkcs8());
        try (var realm = GigyaRealm.create(keycloak, simulator, site, settings, Map.of("loginProof", "uidSignature"))) {
            var account = site.add(Account.builder().verifiedEmail("bearer@example.com"));
            var visitor = realm.visit();
            realm.admin().clearEvents(realm.name());

            var answer = visitor.post(GoodProof.SIGNED_UID.of(account, visitor.audience(), realm));

            assertThat(answer.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
            assertThat(realm.events())
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.at("/details/gigya_error").asText())
                                    .isEqualTo("gigya_misconfigured"));
            assertThat(realm.users()).isEmpty();
        }
    }

    private void assertRefused(LoginFlow login) {
        attacked.realm().admin().clearEvents(attacked.realm().name());

        var page = login.begin();

        assertThat(page.status()).isEqualTo(500);
        assertThat(page.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(attacked.realm().events()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("LOGIN_ERROR");
            assertThat(event.at("/details/gigya_error").asText()).isEqualTo("gigya_misconfigured");
        });
    }
}
