package io.github.keycloakgigya.it.webhook;

import static io.github.keycloakgigya.it.realm.Hook.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to an account at Gigya shows in Keycloak within seconds. */
@ExtendWith(SharedServers.class)
class RealTimeIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    RealTimeIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void a_change_is_there_at_once() {
        try (var hooked = hooked(Map.of())) {
            var realm = hooked.realm();
            var account = realm.site().add(BrokeredRealm.person("changing"));
            realm.signIn(account);

            account.setProfile("firstName", "Renamed");

            soon(() ->
                    assertThat(realm.userOf(account).path("firstName").asText()).isEqualTo("Renamed"));
        }
    }

    @Test
    void a_disabled_person_is_out_of_every_client_and_stays_out_after_coming_back() {
        try (var hooked = hooked(Map.of())) {
            var realm = hooked.realm();
            var account = realm.site().add(BrokeredRealm.person("disabled"));
            var visitor = realm.visit();
            var tokens = visitor.signIn(account);
            var offline = realm.visit(Map.of("scope", "openid offline_access"));
            var offlineTokens = offline.signIn(account);
            assertThat(HookedRealm.userInfo(realm, tokens)).isEqualTo(200);

            account.setActive(false);

            soon(() -> {
                assertThat(realm.userOf(account).path("enabled").asBoolean()).isFalse();
                assertThat(realm.sessions()).isEmpty();
                assertThat(HookedRealm.userInfo(realm, tokens)).isEqualTo(401);
                assertThat(hooked.logouts()).hasPositiveValue();
            });
            account.setActive(true);
            soon(() -> assertThat(realm.userOf(account).path("enabled").asBoolean())
                    .isTrue());
            assertThat(visitor.login().renew(tokens).status()).isEqualTo(400);
            assertThat(offline.login().renew(offlineTokens).status()).isEqualTo(400);
        }
    }

    @Test
    void a_deleted_person_goes_as_the_policy_says() {
        try (var disabling = hooked(Map.of());
                var deleting = hooked(Map.of("missingAccountPolicy", "delete"))) {
            for (var hooked : List.of(disabling, deleting)) {
                var realm = hooked.realm();
                var account = realm.site().add(BrokeredRealm.person("deleted"));
                var tokens = realm.signIn(account);

                realm.site().delete(account);

                soon(() -> assertThat(HookedRealm.userInfo(realm, tokens)).isEqualTo(401));
            }
            soon(() -> assertThat(disabling.realm().users())
                    .singleElement()
                    .satisfies(
                            user -> assertThat(user.path("enabled").asBoolean()).isFalse()));
            soon(() -> assertThat(deleting.realm().users()).isEmpty());
        }
    }

    @Test
    void a_person_with_a_new_uid_stays_the_same_user_and_signed_in() {
        try (var hooked = hooked(Map.of())) {
            var realm = hooked.realm();
            var account = realm.site().add(BrokeredRealm.person("renamed"));
            var tokens = realm.signIn(account);
            var id = realm.userOf(account).path("id").asText();

            realm.site().changeUid(account, "another-uid");

            soon(() -> assertThat(realm.userOf(account).path("id").asText()).isEqualTo(id));
            assertThat(HookedRealm.userInfo(realm, tokens)).isEqualTo(200);
        }
    }

    @Test
    void of_two_people_who_are_merged_the_one_remains_that_gigya_keeps() {
        try (var hooked = hooked(Map.of())) {
            var realm = hooked.realm();
            var leaving = realm.site().add(BrokeredRealm.person("leaving"));
            var remaining = realm.site().add(BrokeredRealm.person("remaining"));
            var left = realm.signIn(leaving);
            var right = realm.signIn(remaining);

            realm.site().merge(leaving, remaining);

            soon(() -> assertThat(HookedRealm.userInfo(realm, left)).isEqualTo(401));
            assertThat(HookedRealm.userInfo(realm, right)).isEqualTo(200);
            assertThat(realm.userOf(remaining).path("enabled").asBoolean()).isTrue();
        }
    }

    @Test
    void whom_keycloak_does_not_know_it_need_not_know() {
        try (var hooked = hooked(Map.of());
                var importing = hooked(Map.of("webhookImports", "true"))) {
            var known = importing.realm().site().add(BrokeredRealm.person("newcomer"));
            var unknown = hooked.realm().site().add(BrokeredRealm.person("newcomer"));

            soon(() -> assertThat(
                            importing.realm().userOf(known).path("firstName").asText())
                    .isEqualTo("Newcomer"));
            soon(() -> assertThat(simulator.webhooks(hooked.realm().site()).isIdle())
                    .isTrue());
            assertThat(hooked.realm().users()).as("users, without " + unknown).isEmpty();
        }
    }

    @Test
    void what_keycloak_was_not_there_for_is_told_again() {
        try (var hooked = hooked(Map.of())) {
            var realm = hooked.realm();
            var account = realm.site().add(BrokeredRealm.person("patient"));
            realm.signIn(account);
            realm.setFederation("webhooks", "false");
            account.setProfile("firstName", "Late");
            soon(() -> assertThat(simulator.webhooks(realm.site()).deliveries())
                    .anyMatch(delivery -> delivery.status() == 404));

            realm.setFederation("webhooks", "true");

            soon(() ->
                    assertThat(realm.userOf(account).path("firstName").asText()).isEqualTo("Late"));
        }
    }

    private HookedRealm hooked(Map<String, String> federation) {
        return HookedRealm.create(keycloak, simulator, federation);
    }
}
