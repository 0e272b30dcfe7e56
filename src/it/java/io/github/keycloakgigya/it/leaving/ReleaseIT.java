package io.github.keycloakgigya.it.leaving;

import static io.github.keycloakgigya.it.leaving.LeavingRealm.PASSWORD;
import static io.github.keycloakgigya.it.leaving.LeavingRealm.email;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users who are released from the federation, and those who come back. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private LeavingRealm leaving;

    ReleaseIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_the_realm() {
        leaving = LeavingRealm.create(keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"));
        leaving.users().addRealmRole("gold");
    }

    @AfterAll
    void delete_the_realm() {
        leaving.close();
    }

    @Test
    void who_is_released_keeps_everything_and_signs_in_with_keycloaks_form_and_without_gigya() {
        var account = leaving.person("ann");
        var id = leaving.idOf(account);
        var role =
                leaving.realm().admin().get(leaving.users().path("roles/gold")).body();
        leaving.realm()
                .admin()
                .post(leaving.users().path("users/" + id + "/role-mappings/realm"), Json.parse("[" + role + "]"))
                .succeeded();
        var visitor = leaving.named(leaving.realm().visit(), email("ann"));
        var tokens = leaving.atGigya(visitor, account);
        leaving.keepPassword(id);
        var before = leaving.users().byId(id);

        assertThat(leaving.release(id)).isEqualTo(Json.parse("""
                        {"released": 1, "forced": 0, "unable": 0, "others": 0}"""));

        var after = leaving.users().byId(id);
        assertThat(after.has("federationLink")).isFalse();
        assertThat(after.at("/attributes/gigya.released/0").asText())
                .isEqualTo(leaving.realm().componentId());
        assertThat(after.at("/attributes/gigya.uid")).isEqualTo(before.at("/attributes/gigya.uid"));
        assertThat(after.path("email")).isEqualTo(before.path("email"));
        assertThat(leaving.users().realmRoles(id)).contains("gold");
        assertThat(HookedRealm.userInfo(leaving.realm(), tokens)).isEqualTo(200);
        assertThat(visitor.login().renew(tokens).status()).isEqualTo(200);
        simulator.calls().reset();
        assertThat(leaving.password(email("ann"), "wrong").text()).contains("Invalid password");
        assertThat(leaving.signIn(email("ann"), PASSWORD).subject()).isEqualTo(id);
        assertThat(simulator.calls().counts()).isEmpty();
        assertThat(leaving.release(id).path("others").asInt()).isEqualTo(1);
    }

    @Test
    void nobody_leaves_who_could_not_sign_in_unless_the_number_is_named() {
        try (var all = LeavingRealm.create(keycloak, simulator, Map.of())) {
            var able = all.idOf(all.person("able"));
            all.keepPassword(able);
            var unable = all.idOf(all.person("unable"));

            var refused = all.post("release", "{\"all\": true}");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("unable").asInt()).isEqualTo(1);
            var wrong = all.post("release", "{\"all\": true, \"force\": 2}");
            assertThat(wrong.status()).isEqualTo(409);
            assertThat(wrong.body().path("errorMessage").asText())
                    .contains("The request says 2, and the present number is 1", "cut off", "\"force\": 1");
            assertThat(all.users().byId(able).has("federationLink")).isTrue();

            assertThat(all.post("release", "{\"all\": true, \"force\": 1}")
                            .succeeded()
                            .body())
                    .isEqualTo(Json.parse("""
                            {"released": 2, "forced": 1, "unable": 0, "others": 0}"""));
            assertThat(all.users().byId(unable).has("federationLink")).isFalse();
            assertThat(all.post("release", "{\"all\": true, \"force\": 1}")
                            .body()
                            .path("errorMessage")
                            .asText())
                    .as("what a request that was cut off has released is not counted again")
                    .contains("the present number is 0", "no \"force\"");

            assertThat(all.post("rejoin", "{\"all\": true}").succeeded().body()).isEqualTo(Json.parse("""
                            {"rejoined": 2, "conflicts": 0, "others": 0}"""));
            assertThat(all.users().byId(unable).path("federationLink").asText())
                    .isEqualTo(all.realm().componentId());
            assertThat(all.users().byId(unable).at("/attributes/gigya.released").isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void whom_gigya_keeps_out_is_not_let_in_by_a_release() {
        try (var realm = LeavingRealm.create(keycloak, simulator, Map.of())) {
            var banned = realm.person("banned");
            var id = realm.idOf(banned);
            realm.keepPassword(id);
            banned.setActive(false);
            assertThat(realm.users().byId(id).path("enabled").asBoolean()).isTrue();

            realm.post("start", "{}").succeeded();

            await().untilAsserted(() -> assertThat(
                            realm.users().byId(id).path("enabled").asBoolean())
                    .isFalse());
            assertThat(realm.post("release", "{\"all\": true}")
                            .body()
                            .path("unable")
                            .asInt())
                    .isEqualTo(1);
            assertThat(realm.users().byId(id).has("federationLink")).isTrue();
        }
    }

    @Test
    void who_has_left_stays_and_signs_in_when_the_federation_is_removed() {
        try (var ended = LeavingRealm.create(keycloak, simulator, Map.of())) {
            var id = ended.idOf(ended.person("ida"));
            ended.keepPassword(id);
            ended.person("staying");
            ended.release(id);

            ended.realm()
                    .admin()
                    .delete(ended.users().path("components/" + ended.realm().componentId()))
                    .succeeded();

            assertThat(ended.realm().users())
                    .extracting(user -> user.path("id").asText())
                    .containsExactly(id);
            assertThat(ended.signIn(email("ida"), PASSWORD).subject()).isEqualTo(id);
        }
    }

    @Test
    void an_event_of_gigya_about_who_has_left_changes_nothing() {
        try (var hooked = HookedRealm.create(keycloak, simulator, Map.of("passwordCheck", "localFirst"))) {
            var users = new UserAdmin(hooked.realm());
            var inRealm = new LeavingRealm(hooked.realm(), users);
            var account = hooked.realm().site().add(BrokeredRealm.person("jo"));
            var bystander = hooked.realm().site().add(BrokeredRealm.person("kim"));
            var id = hooked.realm().signIn(account).subject();
            hooked.realm().signIn(bystander);
            inRealm.keepPassword(id);
            inRealm.release(id);

            account.setActive(false);
            bystander.setActive(false);

            Hook.soon(() -> assertThat(
                            hooked.realm().userOf(bystander).path("enabled").asBoolean())
                    .isFalse());
            assertThat(users.byId(id).path("enabled").asBoolean()).isTrue();
        }
    }

    @Test
    void it_takes_the_rights_to_manage_both_the_realm_and_its_users() {
        var id = leaving.idOf(leaving.person("lea"));
        leaving.keepPassword(id);
        for (var role : new String[] {"manage-users", "manage-realm"}) {
            var less = RealmAdministrator.create(admins(), leaving.realm(), "with-" + role, role, "en");
            for (var what : new String[] {"release", "rejoin"}) {
                assertThat(less.send("POST", leaving.path(what), "{\"users\": [\"" + id + "\"]}")
                                .status())
                        .as(role + " " + what)
                        .isEqualTo(403);
            }
        }
        assertThat(leaving.users().byId(id).has("federationLink")).isTrue();
    }

    private UserAdmin admins() {
        if (leaving.realm()
                .admin()
                .get(leaving.users().path("clients?clientId=cli"))
                .body()
                .isEmpty()) {
            leaving.users().allowPasswords();
        }
        return leaving.users();
    }

    @Test
    void a_request_that_names_nobody_or_everybody_at_once_is_refused() {
        for (var body : new String[] {
            "{}",
            "{\"all\": false}",
            "{\"users\": [\"1\"], \"all\": true}",
            "{\"everybody\": true}",
            "[]",
            "{\"users\": [null]}"
        }) {
            assertThat(leaving.post("release", body).status()).as(body).isEqualTo(400);
            assertThat(leaving.post("rejoin", body).status()).as(body).isEqualTo(400);
        }
        assertThat(leaving.release("nobody").path("others").asInt()).isEqualTo(1);
    }

    @Test
    void the_administrators_events_tell_of_both() {
        var id = leaving.idOf(leaving.person("max"));
        leaving.keepPassword(id);
        leaving.release(id);
        leaving.rejoin(id);

        assertThat(leaving.realm().admin().adminEvents(leaving.realm().name()))
                .extracting(event -> event.path("resourcePath").asText())
                .contains(
                        "gigya/leaving/" + leaving.realm().componentId() + "/release",
                        "gigya/leaving/" + leaving.realm().componentId() + "/rejoin");
    }

    @Test
    void without_import_there_is_nobody_who_could_stay() {
        try (var remote = LeavingRealm.create(keycloak, simulator, Map.of("importEnabled", "false"))) {
            JsonNode answer = remote.post("release", "{\"all\": true}").body();
            assertThat(answer.path("errorMessage").asText()).contains("importEnabled");
        }
    }
}
