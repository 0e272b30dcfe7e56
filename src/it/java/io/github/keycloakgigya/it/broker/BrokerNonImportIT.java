package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.LocalUser;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The identity provider beside a user federation that imports nobody. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerNonImportIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;
    private Site elsewhere;

    BrokerNonImportIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.withFederation(
                keycloak, simulator, Map.of("importEnabled", "false"), Map.of("syncMode", "FORCE"));
        users = new UserAdmin(realm.realm());
        elsewhere = simulator.addSite(Site.builder());
        realm.addProvider("elsewhere", elsewhere, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void both_doors_lead_to_the_same_user_who_is_not_imported() {
        var account = add("both");

        var brokered = realm.signIn(account).subject();

        assertThat(brokered).startsWith("f:" + realm.realm().componentId() + ":");
        assertThat(realm.realm().signIn(account).subject()).isEqualTo(brokered);
        assertThat(realm.linksOf(brokered)).hasSize(1);
    }

    @Test
    void a_warm_sign_in_makes_one_call() {
        var account = add("warm");
        var id = realm.signIn(account).subject();
        realm.signIn(account);
        simulator.calls().reset();

        assertThat(realm.signIn(account).subject()).isEqualTo(id);
        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
    }

    @Test
    void a_linked_user_whom_the_cache_has_forgotten_signs_in() {
        var account = add("cold");
        var id = realm.signIn(account).subject();
        realm.realm()
                .admin()
                .post(users.path("clear-user-cache"), Json.parse("{}"))
                .succeeded();

        assertThat(realm.signIn(account).subject()).isEqualTo(id);
        assertThat(realm.linksOf(id)).hasSize(1);
    }

    @Test
    void a_session_that_began_at_the_other_door_is_renewed_with_the_same_account() {
        var account = add("renewing");
        var visitor = realm.realm().visit();
        var id = visitor.signIn(account).subject();
        realm.realm().simulator().signIn(realm.realm().site(), account);
        var again = Visitor.open(
                realm.realm(), visitor.browser(), Map.of("kc_idp_hint", BrokeredRealm.ALIAS, "prompt", "login"));

        assertThat(again.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void what_changed_in_gigya_is_changed_at_the_next_sign_in() {
        var account = add("changing");
        realm.signIn(account);
        account.setProfile("firstName", "Renamed");

        assertThat(realm.signIn(account).accessClaims().path("given_name").asText())
                .isEqualTo("Renamed");
    }

    @Test
    void a_disabled_person_is_refused() {
        var account = add("disabled");
        var id = realm.signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));

        refused(account, "account_disabled");
    }

    @Test
    void nobody_links_an_account_whose_user_is_another() {
        var local = LocalUser.signIn(realm, simulator, elsewhere, "thief");

        var page = realm.link(local.browser(), add("never"));

        assertThat(page.text()).contains("This account already belongs to another user here");
        assertThat(realm.linksOf(local.id())).hasSize(1);
    }

    @Test
    void a_local_user_whom_an_administrator_linked_is_the_accounts_only_user() {
        var local = users.addLocal("linked", "linked@example.org", true);
        var account = add("linked");
        realm.addLink(local, account);

        assertThat(realm.signIn(account).subject()).isEqualTo(local);
        FailedSignIn.of(realm.realm(), account).isCalled("account_conflict");
    }

    private void refused(Account account, String error) {
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(realm.newestError()).isEqualTo(error);
    }

    private Account add(String name) {
        return realm.realm().site().add(BrokeredRealm.person(name));
    }
}
