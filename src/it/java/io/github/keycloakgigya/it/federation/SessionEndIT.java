package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.InformedApps;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of people's sessions once Gigya says that their account is disabled or gone. */
@ExtendWith(SharedServers.class)
class SessionEndIT {

    private static final String APP = "app";
    private static final Duration SOON = Duration.ofSeconds(5);

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SessionEndIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void whom_a_sync_disables_is_out_of_every_client_and_stays_out_once_enabled_again() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of());
                var apps = InformedApps.of(realm.realm())) {
            var account = realm.addAccounts(3).get(1);
            realm.full();
            var online = realm.realm().signIn(account);
            var offline = apps.signInOffline(account);
            var id = online.subject();
            var other = realm.realm().signIn(realm.addAccounts(1).get(0));
            simulator.calls().reset();

            account.setActive(false);
            realm.full();

            await().atMost(SOON).until(() -> apps.toldOf(id) >= 2);
            assertThat(apps.told())
                    .allSatisfy(token -> assertThat(token.path("sub").asText()).isEqualTo(id));
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
            assertThat(sessionsOf(realm.realm(), id)).isEmpty();
            assertThat(endingsOf(realm.realm(), id)).containsExactly("disabled");
            assertThat(simulator.calls().count("accounts.logout"))
                    .as("calls back to Gigya")
                    .isZero();

            account.setActive(true);
            realm.full();

            assertThat(realm.userOf(account).path("enabled").asBoolean()).isTrue();
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
            assertThat(apps.areWorthless(other, APP)).as("what others have").isFalse();
            assertThat(apps.areWorthless(realm.realm().signIn(account), APP)).isFalse();
        }
    }

    @Test
    void whom_a_sync_removes_is_out_of_every_client() {
        var settings =
                Map.of("syncRemovesMissing", "true", "missingAccountPolicy", "delete", "removalLimitPercent", "100");
        try (var realm = SyncedRealm.create(keycloak, simulator, settings);
                var apps = InformedApps.of(realm.realm())) {
            var account = realm.addAccounts(3).get(1);
            realm.full();
            var online = realm.realm().signIn(account);
            var offline = apps.signInOffline(account);
            realm.realm().site().delete(account);

            assertThat(realm.full().removed()).isEqualTo(1);

            await().atMost(SOON).until(() -> apps.toldOf(online.subject()) >= 2);
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
            assertThat(endingsOf(realm.realm(), online.subject())).containsExactly("deleted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whom_gigya_refuses_when_they_sign_in_anew_is_out_of_every_client(String imported) {
        try (var realm = GigyaRealm.create(keycloak, simulator, Map.of("importEnabled", imported), Map.of());
                var apps = InformedApps.of(realm)) {
            var account = realm.site().add(Account.builder().verifiedEmail("refused@example.com"));
            var online = realm.signIn(account);
            var offline = apps.signInOffline(account);
            account.setActive(false);

            assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_disabled");

            await().atMost(SOON).until(() -> apps.toldOf(online.subject()) >= 2);
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
            account.setActive(true);
            assertThat(apps.areWorthless(realm.signIn(account), APP)).isFalse();
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
        }
    }

    @Test
    void who_came_by_the_identity_provider_is_out_as_well_and_gigya_is_not_called_back() {
        try (var realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of());
                var apps = InformedApps.of(realm.realm())) {
            var account = realm.realm()
                    .site()
                    .add(BrokeredRealm.person("brokered")
                            .lastUpdated(Instant.now().minusSeconds(600)));
            var online = realm.signIn(account);
            assertThat(realm.linksOf(online.subject())).hasSize(1);
            simulator.calls().reset();
            account.setActive(false);

            fullSync(realm.realm());

            await().atMost(SOON).until(() -> apps.toldOf(online.subject()) >= 1);
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(simulator.calls().count("accounts.logout")).isZero();
        }
    }

    @Test
    void a_client_that_does_not_answer_holds_up_neither_the_sync_nor_what_others_are_told() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var realm = SyncedRealm.create(keycloak, simulator, Map.of());
                var apps = InformedApps.of(realm.realm())) {
            InformedApps.tellAt(realm.realm(), APP, "http://localhost:" + silent.getLocalPort() + "/logout");
            var accounts = realm.addAccounts(4);
            realm.full();
            var signedIn = new ArrayList<Tokens>();
            accounts.forEach(account -> signedIn.add(realm.realm().signIn(account)));
            var offline = apps.signInOffline(accounts.get(0));
            accounts.forEach(account -> account.setActive(false));
            var begun = Instant.now();

            realm.full();

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4L * accounts.size()));
            await().atMost(SOON).until(() -> apps.toldOf(offline.subject()) >= 1);
            assertThat(signedIn).allMatch(tokens -> apps.areWorthless(tokens, APP));
        }
    }

    @Test
    void an_outage_of_gigya_ends_no_session() {
        var settings = Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100");
        try (var realm = SyncedRealm.create(keycloak, simulator, settings);
                var apps = InformedApps.of(realm.realm())) {
            var account = realm.addAccounts(1).get(0);
            realm.full();
            var online = realm.realm().signIn(account);
            simulator.faults().refuseConnections();
            try {
                RefusedSignIn.of(realm.realm(), account);
            } finally {
                simulator.faults().clear();
            }

            assertThat(apps.areWorthless(online, APP)).isFalse();
            assertThat(apps.told()).isEmpty();
        }
    }

    private static void fullSync(GigyaRealm realm) {
        realm.admin()
                .post(
                        "realms/" + realm.name() + "/user-storage/" + realm.componentId()
                                + "/sync?action=triggerFullSync",
                        Json.parse("{}"))
                .succeeded();
    }

    private static List<JsonNode> sessionsOf(GigyaRealm realm, String userId) {
        return realm.admin()
                .get("realms/" + realm.name() + "/users/" + userId + "/sessions")
                .succeeded()
                .body()
                .valueStream()
                .toList();
    }

    // Why sessions of a user ended, as the admin events have it.
    private static List<String> endingsOf(GigyaRealm realm, String userId) {
        return realm.admin().adminEvents(realm.name()).stream()
                .filter(event -> event.path("resourcePath").asText().equals("users/" + userId + "/logout"))
                .flatMap(event -> Stream.of(event.at("/details/gigya_reason").asText()))
                .toList();
    }
}
