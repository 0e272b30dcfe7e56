package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.LocalUser;
import io.github.keycloakgigya.it.realm.UserAdmin;
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

/** Users are linked to accounts whose site has a user federation as well. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerLinksIT {

    private static final String OTHER = "elsewhere";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;
    private Site elsewhere;

    BrokerLinksIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of());
        users = new UserAdmin(realm.realm());
        elsewhere = simulator.addSite(Site.builder());
        realm.addProvider(OTHER, elsewhere, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_local_user_who_links_an_account_stays_the_same_user_and_local() {
        var local = LocalUser.signIn(realm, simulator, elsewhere, "local");
        var account = add("linked");

        realm.link(local.browser(), account);

        assertThat(realm.signIn(account).subject()).isEqualTo(local.id());
        assertThat(users.byId(local.id()).has("federationLink")).isFalse();
        assertThat(users.byId(local.id()).path("username").asText()).isEqualTo("local@elsewhere.example.com");
    }

    @Test
    void who_is_deleted_while_linking_links_nothing() {
        var local = LocalUser.signIn(realm, simulator, elsewhere, "deleted");
        var account = add("unclaimed");
        var visitor = realm.visitToLink(local.browser());
        realm.realm().admin().delete(users.path("users/" + local.id())).succeeded();
        simulator.signIn(realm.realm().site(), account);

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(page.status()).isLessThan(500);
        assertThat(userNames()).doesNotContain("unclaimed@example.com");
    }

    @Test
    void nobody_else_is_made_for_an_account_that_a_local_user_has_linked() {
        var local = LocalUser.signIn(realm, simulator, elsewhere, "only");
        var account = add("one");
        realm.link(local.browser(), account);
        var before = users.byId(local.id());

        FailedSignIn.of(realm.realm(), account).isCalled("account_conflict");
        sync();

        assertThat(userNames()).doesNotContain("one@example.com");
        assertThat(users.byId(local.id())).isEqualTo(before);
        assertThat(users.byUsername("one@example.com")).isEmpty();
    }

    @Test
    void an_account_that_is_another_users_of_the_federation_cannot_be_linked() {
        var local = LocalUser.signIn(realm, simulator, elsewhere, "thief");
        var account = add("owned");
        var owner = realm.realm().signIn(account).subject();

        var page = realm.link(local.browser(), account);

        assertThat(page.text()).contains("This account already belongs to another user here");
        assertThat(aliases(local.id())).containsExactly(OTHER);
        assertThat(realm.linksOf(owner)).isEmpty();
        assertThat(realm.newestError()).isEqualTo("account_conflict");
    }

    @Test
    void a_user_of_the_federation_links_the_own_account() {
        var account = add("own");
        var visitor = realm.realm().visit();
        var id = visitor.signIn(account).subject();

        realm.link(visitor.browser(), account);

        assertThat(aliases(id)).containsExactly(BrokeredRealm.ALIAS);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_user_of_the_federation_cannot_link_another_account_of_it() {
        var visitor = realm.realm().visit();
        var id = visitor.signIn(add("first")).subject();
        var second = add("second");

        var page = realm.link(visitor.browser(), second);

        assertThat(page.text()).contains("You chose a different account than before");
        assertThat(realm.linksOf(id)).isEmpty();
        assertThat(realm.signIn(second).subject()).isNotEqualTo(id);
    }

    @Test
    void a_link_to_the_user_of_another_account_signs_nobody_in() {
        var victim = realm.realm().signIn(add("victim")).subject();
        var attacker = add("attacker");
        realm.addLink(victim, attacker);

        refused(attacker);
    }

    @Test
    void a_user_of_the_federation_who_is_linked_to_another_account_is_refused() {
        var account = add("torn");
        var id = realm.realm().signIn(account).subject();
        realm.addLink(id, add("wrong"));

        refused(account);

        assertThat(realm.realm().signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_link_that_was_there_before_the_federations_user_wins() {
        var account = add("both");
        var federated = realm.realm().signIn(account).subject();
        var local = users.addLocal("before", "before@example.com", true);
        realm.addLink(local, account);

        assertThat(realm.signIn(account).subject()).isEqualTo(local);
        assertThat(realm.realm().signIn(account).subject()).isEqualTo(federated);
    }

    @Test
    void a_federation_that_takes_over_users_by_their_address_takes_over_who_has_linked_the_account() {
        try (var linking = BrokeredRealm.withFederation(
                keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"), Map.of())) {
            var admin = new UserAdmin(linking.realm());
            var local = admin.addLocal("mover", "mover@example.com", true);
            var account = linking.realm().site().add(BrokeredRealm.person("mover"));
            linking.addLink(local, account);

            assertThat(linking.realm().signIn(account).subject()).isEqualTo(local);
            assertThat(linking.signIn(account).subject()).isEqualTo(local);
            assertThat(admin.byId(local).path("federationLink").asText())
                    .isEqualTo(linking.realm().componentId());
        }
    }

    @Test
    void a_federation_does_not_take_over_by_the_address_who_has_linked_another_account() {
        try (var linking = BrokeredRealm.withFederation(
                keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"), Map.of())) {
            var admin = new UserAdmin(linking.realm());
            var local = admin.addLocal("shared", "shared@example.com", true);
            var account = linking.realm().site().add(BrokeredRealm.person("shared"));
            linking.addLink(local, linking.realm().site().add(BrokeredRealm.person("other")));

            FailedSignIn.of(linking.realm(), account).isCalled("account_conflict");

            assertThat(admin.byId(local).has("federationLink")).isFalse();
        }
    }

    private void refused(Account account) {
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(realm.newestError()).isEqualTo("account_conflict");
    }

    private void sync() {
        realm.realm()
                .admin()
                .post(
                        users.path("user-storage/" + realm.realm().componentId() + "/sync?action=triggerFullSync"),
                        Json.parse("{}"))
                .succeeded();
    }

    private Iterable<String> userNames() {
        return realm.realm().users().stream()
                .map(user -> user.path("username").asText())
                .toList();
    }

    private Iterable<String> aliases(String userId) {
        return realm.linksOf(userId).stream()
                .map((JsonNode link) -> link.path("identityProvider").asText())
                .toList();
    }

    private Account add(String name) {
        return realm.realm().site().add(BrokeredRealm.person(name));
    }
}
