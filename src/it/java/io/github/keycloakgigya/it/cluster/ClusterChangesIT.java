package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.sync.WritersAtOnce;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes on one node, and people who are sent to the other. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterChangesIT {

    private static final String KEYS = "accounts.getJWTPublicKey";
    // Keycloak tells the other nodes once it has committed, and does not wait until they have heard it.
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Cluster cluster;

    ClusterChangesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void a_person_whose_requests_go_to_both_nodes_in_turn_signs_in_and_out() {
        try (var realm = federated()) {
            var account = realm.site().add(BrokeredRealm.person("wanderer"));
            for (int signIn = 0; signIn < 4; signIn++) {
                var visitor = realm.visit(cluster.alternating());
                var tokens = visitor.signIn(account);

                cluster.simulator().calls().reset();
                var answer = visitor.login().endSession(tokens);

                assertThat(answer.status()).isEqualTo(204);
                await().untilAsserted(
                                () -> assertThat(cluster.simulator().calls().count("accounts.logout"))
                                        .as("the session at Gigya is ended as well, once")
                                        .isEqualTo(1));
            }
        }
    }

    @Test
    void so_does_one_who_comes_through_the_identity_provider() {
        try (var brokered = brokered()) {
            var account = brokered.realm().site().add(BrokeredRealm.person("wanderer"));
            var subject = brokered.visit(cluster.alternating()).signIn(account).subject();
            for (int signIn = 0; signIn < 4; signIn++) {
                assertThat(brokered.visit(cluster.alternating()).signIn(account).subject())
                        .isEqualTo(subject);
            }
        }
    }

    @Test
    void a_setting_of_the_federation_holds_on_the_other_node() {
        try (var realm = federated()) {
            var account = realm.site().add(BrokeredRealm.person("settled").profile("city", "Bern"));
            signInAtSecond(realm, account);

            realm.configure(Map.of("fieldMappings", """
                    [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
                     {"key":"profile.email","value":"email"},{"key":"profile.city","value":"city"}]"""));
            eventually(() -> {
                signInAtSecond(realm, account);
                assertThat(atSecond(realm, account).at("/attributes/city/0").asText())
                        .isEqualTo("Bern");
            });

            realm.setFederation("enabled", "false");
            eventually(() -> assertThat(
                            realm.visit(cluster.at(cluster.second())).page().text())
                    .contains(Refusal.GIGYA_MISCONFIGURED.message()));
        }
    }

    @Test
    void a_setting_of_the_step_holds_on_the_other_node() {
        try (var realm = federated()) {
            realm.visit(cluster.at(cluster.second()));

            realm.setStep(Map.of("screenSet", "Another-RegistrationLogin"));

            eventually(() -> assertThat(GigyaPage.of(
                                    realm.visit(cluster.at(cluster.second())).page())
                            .settings())
                    .containsEntry("screen-set", "Another-RegistrationLogin"));
        }
    }

    @Test
    void a_setting_of_the_identity_provider_holds_on_the_other_node() {
        try (var brokered = brokered()) {
            var account = brokered.realm().site().add(BrokeredRealm.person("settled"));
            brokered.visit(cluster.at(cluster.second())).signIn(account);

            brokered.configure(Map.of("screenSet", "Another-RegistrationLogin"));
            eventually(() -> assertThat(GigyaPage.of(
                                    brokered.visit(cluster.at(cluster.second())).page())
                            .settings())
                    .containsEntry("screen-set", "Another-RegistrationLogin"));

            brokered.configure(Map.of("$enabled", "false"));
            eventually(() -> assertThat(GigyaPage.isOn(
                            brokered.visit(cluster.at(cluster.second())).page()))
                    .isFalse());
        }
    }

    @Test
    void a_mapper_that_was_added_and_one_that_was_changed_work_on_the_other_node() {
        try (var brokered = brokered()) {
            var realm = brokered.realm();
            var account = realm.site()
                    .add(BrokeredRealm.person("mapped").profile("city", "Bern").data("level", "gold"));
            // The second node remembers which fields the mappers need.
            brokered.visit(cluster.at(cluster.second())).signIn(account);
            brokered.visit(cluster.at(cluster.second())).signIn(account);

            var id = brokered.addMapper(
                    "gigya-attribute-mapper",
                    Map.of("field", "profile.city", "user.attribute", "city", "syncMode", "FORCE"));
            brokered.visit(cluster.at(cluster.second())).signIn(account);
            assertThat(atSecond(realm, account).at("/attributes/city/0").asText())
                    .isEqualTo("Bern");

            var mapper = brokered.mapper(
                    "gigya-attribute-mapper",
                    Map.of("field", "data.level", "user.attribute", "level", "syncMode", "FORCE"));
            realm.admin()
                    .put(brokered.mappers() + "/" + id, mapper.put("id", id))
                    .succeeded();
            brokered.visit(cluster.at(cluster.second())).signIn(account);
            assertThat(atSecond(realm, account).at("/attributes/level/0").asText())
                    .isEqualTo("gold");
        }
    }

    @Test
    void what_a_sign_in_changes_about_a_user_shows_on_the_other_node() {
        try (var realm = federated()) {
            var account = realm.site().add(BrokeredRealm.person("changed"));
            realm.visit(cluster.at(cluster.first())).signIn(account);
            assertThat(atSecond(realm, account).path("firstName").asText()).isEqualTo("Changed");

            account.setProfile("firstName", "Renamed");
            realm.visit(cluster.at(cluster.first())).signIn(account);

            eventually(
                    () -> assertThat(atSecond(realm, account).path("firstName").asText())
                            .isEqualTo("Renamed"));
        }
    }

    @Test
    void without_import_a_sign_in_brings_the_user_up_to_date_on_its_node() {
        try (var realm =
                GigyaRealm.create(cluster.first(), cluster.simulator(), Map.of("importEnabled", "false"), Map.of())) {
            var account = realm.site().add(BrokeredRealm.person("remote"));
            var id = signInAtSecond(realm, account).subject();
            var atSecond = new UserAdmin(realm.at(cluster.second()));
            assertThat(atSecond.byId(id).path("firstName").asText()).isEqualTo("Remote");

            account.setProfile("firstName", "Renamed");
            var tokens = realm.visit(cluster.at(cluster.first())).signIn(account);
            assertThat(tokens.accessClaims().path("given_name").asText()).isEqualTo("Renamed");
            signInAtSecond(realm, account);

            assertThat(atSecond.byId(id).path("firstName").asText()).isEqualTo("Renamed");
        }
    }

    @Test
    void what_a_sync_changes_about_a_user_shows_on_the_other_node() {
        try (var synced = SyncedRealm.create(
                cluster.first(),
                cluster.simulator(),
                Map.of("syncRemovesMissing", "true", "missingAccountPolicy", "delete", "removalLimitPercent", "100"))) {
            var realm = synced.realm();
            var accounts = synced.addAccounts(3);
            synced.full();
            accounts.forEach(account -> atSecond(realm, account));
            accounts.forEach(account -> signInAtSecond(realm, account));
            var gone = atSecond(realm, accounts.get(1)).path("id").asText();
            var disabled = atSecond(realm, accounts.get(2)).path("id").asText();

            accounts.get(0).setProfile("firstName", "Synced");
            realm.site().delete(accounts.get(1));
            accounts.get(2).setActive(false);
            assertThat(synced.full()).matches(done -> done.failed() == 0);

            var users = new UserAdmin(realm.at(cluster.second()));
            eventually(() -> assertThat(
                            atSecond(realm, accounts.get(0)).path("firstName").asText())
                    .isEqualTo("Synced"));
            eventually(() -> assertThat(users.byId(gone).path("username").isMissingNode())
                    .isTrue());
            eventually(() ->
                    assertThat(users.byId(disabled).path("enabled").asBoolean()).isFalse());
        }
    }

    @Test
    void whom_an_administrator_changes_disables_or_removes_is_so_on_the_other_node() {
        try (var realm = federated()) {
            var account = realm.site().add(BrokeredRealm.person("administered"));
            var tokens = signInAtSecond(realm, account);
            var users = new UserAdmin(realm);
            var atSecond = new UserAdmin(realm.at(cluster.second()));

            users.change(
                    tokens.subject(),
                    user -> user.withObject("attributes").putArray("shoeSize").add("42"));
            eventually(() -> assertThat(atSecond.byId(tokens.subject())
                            .at("/attributes/shoeSize/0")
                            .asText())
                    .isEqualTo("42"));

            users.change(tokens.subject(), user -> user.put("enabled", false));
            eventually(() -> {
                var visitor = realm.visit(cluster.at(cluster.second()));
                visitor.isStillOutside(visitor.post(realm.proofOf(account, visitor.audience())));
            });

            users.delete(tokens.subject());
            eventually(() -> assertThat(
                            atSecond.byId(tokens.subject()).path("username").isMissingNode())
                    .isTrue());
        }
    }

    @Test
    void a_name_that_nobody_had_on_one_node_is_known_there_once_its_user_exists() {
        try (var realm = federated()) {
            var users = new UserAdmin(realm);
            users.allowPasswords();
            var atSecond = new UserAdmin(realm.at(cluster.second()));
            assertThat(atSecond.byUsername("late@example.com")).isEmpty();

            var account = realm.site().add(BrokeredRealm.person("late"));
            realm.visit(cluster.at(cluster.first())).signIn(account);

            eventually(() -> assertThat(atSecond.byUsername("late@example.com")).isPresent());
        }
    }

    @Test
    void sign_ins_at_both_nodes_and_a_sync_that_write_one_user_at_once_leave_each_value_once() throws Exception {
        try (var realm = SyncedRealm.create(cluster.first(), cluster.simulator(), WritersAtOnce.MAPPED)) {
            var nodes = List.of(cluster.first(), cluster.second());
            var writers = new WritersAtOnce(
                    realm.realm(), number -> realm.realm().visit(cluster.at(nodes.get(number % nodes.size()))));

            assertThat(writers.signIns(4, 4)).isZero();
            assertThat(writers.besideChangedSync(realm, 2, 4)).isZero();
        }
    }

    @Test
    void keys_that_gigya_rotates_are_fetched_once_by_each_node() {
        try (var realm = federated()) {
            var account = realm.site().add(BrokeredRealm.person("rotating"));
            realm.visit(cluster.at(cluster.first())).signIn(account);
            signInAtSecond(realm, account);
            for (int rotation = 0; rotation < 2; rotation++) {
                cluster.simulator().calls().reset();
                cluster.simulator().rotateKeys();

                for (int signIn = 0; signIn < 4; signIn++) {
                    realm.visit(cluster.at(cluster.first())).signIn(account);
                    realm.visit(cluster.at(cluster.second())).signIn(account);
                }

                assertThat(cluster.simulator().calls().count(KEYS)).isEqualTo(2);
            }
        }
    }

    private GigyaRealm federated() {
        return GigyaRealm.create(cluster.first(), cluster.simulator());
    }

    private BrokeredRealm brokered() {
        return BrokeredRealm.create(cluster.first(), cluster.simulator(), Map.of());
    }

    private Tokens signInAtSecond(GigyaRealm realm, Account account) {
        return realm.visit(cluster.at(cluster.second())).signIn(account);
    }

    /** {@return the user as the second node knows it, which looks into its cache} */
    private JsonNode atSecond(GigyaRealm realm, Account account) {
        return new UserAdmin(realm.at(cluster.second()))
                .byId(realm.userOf(account).path("id").asText());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(AT_ONCE).untilAsserted(assertion);
    }
}
