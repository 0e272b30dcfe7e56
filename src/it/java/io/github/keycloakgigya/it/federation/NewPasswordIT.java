package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.InformedApps;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions from before the account's password was changed end, where the federation is told to see to that. */
@ExtendWith(SharedServers.class)
class NewPasswordIT {

    private static final String APP = "app";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Map<String, String> ON = Map.of("endSessionsOnPasswordChange", "true");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    NewPasswordIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void a_sync_ends_them_and_leaves_those_who_have_signed_in_since_and_everybody_else() {
        try (var realm = SyncedRealm.create(keycloak, simulator, ON);
                var apps = InformedApps.of(realm.realm())) {
            var accounts = realm.addAccounts(3);
            realm.full();
            var account = accounts.get(1);
            var online = realm.realm().signIn(account);
            var offline = apps.signInOffline(account);
            var other = realm.realm().signIn(accounts.get(2));
            changePassword(account);
            var since = realm.realm().signIn(account);

            realm.full();

            await().atMost(SOON).until(() -> apps.toldOf(online.subject()) >= 2);
            assertThat(apps.areWorthless(online, APP)).isTrue();
            assertThat(apps.areWorthless(offline, GigyaRealm.OTHER_CLIENT)).isTrue();
            assertThat(apps.areWorthless(since, APP)).isFalse();
            assertThat(apps.areWorthless(other, APP)).isFalse();
            assertThat(realm.full().updated()).as("users written again").isZero();
        }
    }

    @OnlyInFullBuild
    @Test
    void a_fresh_sign_in_ends_those_of_other_browsers_and_its_own_browser_goes_on() {
        for (var imported : new String[] {"true", "false"}) {
            var settings = new HashMap<>(ON);
            settings.put("importEnabled", imported);
            try (var realm = GigyaRealm.create(keycloak, simulator, settings, Map.of());
                    var apps = InformedApps.of(realm)) {
                var account = realm.site().add(Account.builder().verifiedEmail("ann@example.com"));
                var visitor = realm.visit();
                visitor.signIn(account);
                var elsewhere = realm.signIn(account);
                changePassword(account);

                var again = Visitor.open(realm, visitor.browser(), Map.of("prompt", "login"));
                account.signedInAgain();
                var renewed = again.signIn(account);

                await().atMost(SOON).until(() -> apps.areWorthless(elsewhere, APP));
                assertThat(apps.areWorthless(renewed, APP)).isFalse();
            }
        }
    }

    @OnlyInFullBuild
    @Test
    void an_event_about_the_account_ends_them() {
        var settings = new HashMap<>(ON);
        settings.put("webhooks", "true");
        try (var realm = GigyaRealm.create(keycloak, simulator, settings, Map.of());
                var apps = InformedApps.of(realm)) {
            Hook.active(realm);
            var account = realm.site().add(Account.builder().verifiedEmail("ann@example.com"));
            var online = realm.signIn(account);
            changePassword(account);

            account.setProfile("firstName", "Renamed");

            Hook.soon(() -> assertThat(apps.areWorthless(online, APP)).isTrue());
            assertThat(apps.areWorthless(realm.signIn(account), APP)).isFalse();
        }
    }

    // Later than the clocks of Gigya and Keycloak may differ, so that what began before did for sure.
    private static void changePassword(Account account) {
        var begun = Instant.now();
        await().until(() -> Instant.now().isAfter(begun.plusSeconds(5)));
        account.setPassword("a new one");
    }
}
