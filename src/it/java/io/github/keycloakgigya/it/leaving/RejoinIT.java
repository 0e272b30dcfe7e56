package io.github.keycloakgigya.it.leaving;

import static io.github.keycloakgigya.it.leaving.LeavingRealm.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users who come back to the federation, and those who only say that they have left it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejoinIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private LeavingRealm leaving;

    RejoinIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_the_realm() {
        leaving = LeavingRealm.create(keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"));
    }

    @AfterAll
    void delete_the_realm() {
        leaving.close();
    }

    @Test
    void who_comes_back_signs_in_at_gigya_as_the_same_user() {
        var account = leaving.person("finn");
        var id = leaving.idOf(account);
        leaving.keepPassword(id);
        leaving.release(id);
        account.setProfile("firstName", "Finnegan");

        assertThat(leaving.rejoin(id).path("rejoined").asInt()).isEqualTo(1);

        var visitor = leaving.named(leaving.realm().visit(), email("finn"));
        assertThat(leaving.atGigya(visitor, account).subject()).isEqualTo(id);
        assertThat(leaving.users().byId(id).path("firstName").asText()).isEqualTo("Finnegan");
    }

    @Test
    void who_was_linked_comes_back_whatever_uid_was_written_meanwhile() {
        var id = leaving.users().addLocal("gina", email("gina"), true);
        var account = leaving.realm().site().add(BrokeredRealm.person("gina"));
        linkAtGigya(account);
        assertThat(leaving.users().byId(id).path("federationLink").asText())
                .isEqualTo(leaving.realm().componentId());
        leaving.release(id);
        leaving.users()
                .change(
                        id,
                        user -> user.withObject("/attributes")
                                .putArray("gigya.uid")
                                .add("uid_victim"));

        assertThat(leaving.rejoin(id).path("rejoined").asInt()).isEqualTo(1);

        assertThat(leaving.users().byId(id).at("/attributes/gigya.uid/0").asText())
                .isEqualTo(account.uid());
    }

    // A sync links as a sign-in does.
    private void linkAtGigya(Account account) {
        leaving.realm()
                .admin()
                .post(
                        leaving.users()
                                .path("user-storage/" + leaving.realm().componentId() + "/sync?action=triggerFullSync"),
                        Json.parse("{}"))
                .succeeded();
        leaving.realm().userOf(account);
    }

    @Test
    void who_only_claims_to_have_left_takes_nobodys_place() {
        var victim = leaving.realm().site().add(BrokeredRealm.person("victim"));
        var liar = leaving.users().addLocal("liar", email("liar"), true);
        leaving.users().change(liar, user -> {
            var attributes = user.withObject("/attributes");
            attributes.putArray("gigya.uid").add(victim.uid());
            attributes.putArray("gigya.released").add(leaving.realm().componentId());
            attributes
                    .putArray("gigya.released." + leaving.realm().componentId())
                    .add(victim.uid());
        });

        assertThat(leaving.rejoin(liar)).isEqualTo(Json.parse("""
                        {"rejoined": 0, "conflicts": 0, "others": 1}"""));
        assertThat(leaving.post("rejoin", "{\"all\": true}").succeeded().status())
                .isEqualTo(200);
        assertThat(leaving.users().byId(liar).has("federationLink")).isFalse();
        assertThat(leaving.realm()
                        .admin()
                        .get(leaving.path("report"))
                        .succeeded()
                        .body()
                        .findValuesAsText("id"))
                .doesNotContain(liar);
        var visitor = leaving.named(leaving.realm().visit(), email("victim"));
        assertThat(leaving.atGigya(visitor, victim).subject()).isNotEqualTo(liar);
    }

    @Test
    void who_is_disabled_stays_so_on_the_way_out_and_back() {
        var account = leaving.person("hugo");
        var id = leaving.idOf(account);
        leaving.keepPassword(id);
        leaving.release(id);
        leaving.users()
                .change(
                        id,
                        user -> user.put("enabled", false)
                                .withObject("/attributes")
                                .putArray("gigya.missing")
                                .add("true"));

        leaving.rejoin(id);

        assertThat(leaving.users().byId(id).path("enabled").asBoolean()).isFalse();
        var visitor = leaving.named(leaving.realm().visit(), email("hugo"));
        var refused = visitor.post(leaving.realm().proofOf(account, visitor.audience()));
        assertThat(refused.text()).contains(Refusal.ACCOUNT_DISABLED.message());
        assertThat(leaving.post("release", "{\"users\": [\"" + id + "\"]}").status())
                .as("who is disabled can't sign in")
                .isEqualTo(409);
        leaving.post("release", "{\"users\": [\"" + id + "\"], \"force\": 1}").succeeded();
        assertThat(leaving.users().byId(id).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void who_signed_in_by_a_local_password_since_the_release_is_signed_out_by_the_way_back() {
        var account = leaving.person("ida");
        var id = leaving.idOf(account);
        leaving.post("release", "{\"users\": [\"" + id + "\"], \"force\": 1}").succeeded();
        leaving.keepPassword(id);
        var tokens = leaving.signIn(email("ida"), LeavingRealm.PASSWORD);
        assertThat(HookedRealm.userInfo(leaving.realm(), tokens)).isEqualTo(200);

        leaving.rejoin(id);

        assertThat(HookedRealm.userInfo(leaving.realm(), tokens)).isEqualTo(401);
        assertThat(leaving.realm()
                        .admin()
                        .get(leaving.users().path("users/" + id + "/sessions"))
                        .succeeded()
                        .body())
                .isEmpty();
    }
}
