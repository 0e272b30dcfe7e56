package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consents, subscriptions, communications and organizations land on a user whichever way it comes. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FurtherFieldsIT {

    private static final String MAPPINGS = """
            [{"key":"profile.email","value":"email"},
             {"key":"preferences.terms.tos.isConsentGranted","value":"tos"},
             {"key":"subscriptions.news.email.isSubscribed","value":"news"},
             {"key":"communications.news_SMS.status","value":"sms"},
             {"key":"groups.organizations.orgId","value":"companies"}]""";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    FurtherFieldsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    private SyncedRealm realm() {
        return SyncedRealm.create(keycloak, simulator, Map.of("fieldMappings", MAPPINGS));
    }

    private static Account consenting(SyncedRealm realm) {
        var account = realm.addAccounts(1).get(0);
        account.setPreference("terms.tos.isConsentGranted", true);
        account.setSubscription("news.email.isSubscribed", false);
        account.setCommunication("news", "SMS", "OptIn");
        account.join("acme");
        account.join("umbrella", "buyer");
        return account;
    }

    private static void assertHasAll(JsonNode user) {
        var attributes = user.path("attributes");
        assertThat(attributes.path("tos").toString()).isEqualTo("[\"true\"]");
        assertThat(attributes.path("news").toString()).isEqualTo("[\"false\"]");
        assertThat(attributes.path("sms").toString()).isEqualTo("[\"OptIn\"]");
        assertThat(attributes.path("companies")).extracting(JsonNode::asText).containsOnly("acme", "umbrella");
    }

    @Test
    void a_sign_in_takes_one_call_more() {
        try (var realm = realm()) {
            var account = consenting(realm);
            realm.realm().signIn(account);
            account.setPreference("terms.tos.isConsentGranted", false);
            simulator.calls().reset();

            realm.realm().signIn(account);

            assertThat(simulator.calls().count("accounts.getAccountInfo")).isEqualTo(1);
            assertThat(realm.userOf(account).at("/attributes/tos/0").asText()).isEqualTo("false");
            account.setPreference("terms.tos.isConsentGranted", true);
            realm.realm().signIn(account);
            assertHasAll(realm.userOf(account));
        }
    }

    @Test
    void a_sync_finds_what_a_sign_in_finds_and_an_unchanged_one_writes_nothing() {
        try (var realm = realm()) {
            var account = consenting(realm);
            realm.addAccounts(12);

            assertThat(realm.full().added()).isEqualTo(13);
            assertHasAll(realm.userOf(account));
            realm.realm().signIn(account);
            var again = realm.full();

            assertThat(again.updated()).isZero();
            assertThat(again.failed()).isZero();
            account.setSubscription("news.email.isSubscribed", true);
            account.leave("acme");
            assertThat(realm.changed().updated()).isEqualTo(1);
            assertThat(realm.userOf(account).at("/attributes/news/0").asText()).isEqualTo("true");
            assertThat(realm.userOf(account).at("/attributes/companies").toString())
                    .isEqualTo("[\"umbrella\"]");
        }
    }

    @Test
    void a_look_up_finds_it_too_and_the_connection_test_is_content() {
        try (var realm = realm()) {
            var account = consenting(realm);
            realm.addAccounts(1);

            var found = realm.realm().admin().users(realm.realm().name(), Map.of("search", "sync1@example.com"));

            assertThat(found).hasSize(1);
            realm.realm().signIn(account);
            assertHasAll(realm.userOf(account));
            var test = realm.realm()
                    .admin()
                    .post(
                            "realms/" + realm.realm().name() + "/gigya/test-connection",
                            Json.parse("{\"componentId\": \"" + realm.realm().componentId() + "\"}"))
                    .succeeded()
                    .body();
            assertThat(test.path("status").asText()).as("%s", test).isEqualTo("ok");
            assertThat(realm.preview().path("failed").asInt()).isZero();
            assertThat(List.of(realm.preview().path("added").asInt())).containsExactly(1);
        }
    }
}
