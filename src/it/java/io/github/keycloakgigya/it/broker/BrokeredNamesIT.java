package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.LocalUser;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody who comes in with the identity provider takes the name that another user signs in with. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredNamesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;

    BrokeredNamesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of("usernameField", "UID", "syncMode", "FORCE"));
        realm.addMapper("gigya-username-mapper", Map.of("template", "${profile.nickname}", "syncMode", "FORCE"));
        users = new UserAdmin(realm.realm());
        users.allowPasswords();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_new_account_whose_address_is_anothers_user_name_is_refused() {
        users.addLocal("victim@example.org", "private@example.org", true);

        refused(add(named("attacker", "victim@example.org")));

        assertStillSignsIn("victim@example.org");
    }

    @Test
    void beside_a_federation_it_is_refused_as_well() {
        try (var both = BrokeredRealm.withFederation(
                keycloak, simulator, Map.of("usernameField", "UID"), Map.of("usernameField", "UID"))) {
            new UserAdmin(both.realm()).addLocal("resident@example.org", "private@example.org", true);
            var account = both.realm().site().add(named("newcomer", "resident@example.org"));

            refused(both, account);
        }
    }

    @Test
    void an_account_that_changes_its_address_to_anothers_user_name_is_refused() {
        users.addLocal("second@example.org", "second-private@example.org", true);
        var account = add(BrokeredRealm.person("changing"));
        var id = realm.signIn(account).subject();
        account.moveTo("second@example.org");

        refused(account);

        assertThat(users.byId(id).path("email").asText()).isEqualTo("changing@example.com");
        assertStillSignsIn("second@example.org");
    }

    @Test
    void a_mapped_name_that_is_anothers_address_is_not_given() {
        users.addLocal("third", "third@example.org", true);
        var account = add(BrokeredRealm.person("named").profile("nickname", "third@example.org"));

        var id = realm.signIn(account).subject();
        assertThat(users.byId(id).path("username").asText()).isEqualToIgnoringCase(account.uid());

        account.setProfile("nickname", "own-name");
        realm.signIn(account);
        account.setProfile("nickname", "third@example.org");
        realm.signIn(account);
        assertThat(users.byId(id).path("username").asText()).isEqualTo("own-name");
    }

    @Test
    void who_has_the_address_or_the_name_of_a_user_may_prove_to_be_that_one() {
        users.addLocal("fourth", "fourth@example.org", true);
        users.addLocal("fifth", "fifth@example.org", true);

        asksForProof(add(named("by-address", "fourth@example.org")));
        asksForProof(add(named("fifth", "new@example.org")));
    }

    @Test
    void a_user_may_link_an_account_whose_address_is_the_own_user_name() {
        var elsewhere = simulator.addSite(Site.builder());
        realm.addProvider("elsewhere", elsewhere, Map.of());
        var local = LocalUser.signIn(realm, simulator, elsewhere, "own");
        users.change(local.id(), user -> user.put("email", "elsewhere@example.org"));
        var account = add(named("own-nick", "own@elsewhere.example.com"));

        realm.link(local.browser(), account);

        assertThat(realm.signIn(account).subject()).isEqualTo(local.id());
    }

    private void assertStillSignsIn(String username) {
        assertThat(users.password(username, "local password").status()).isEqualTo(200);
    }

    private void asksForProof(Account account) {
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(page.text()).contains("Account already exists");
    }

    private void refused(Account account) {
        refused(realm, account);
    }

    private static void refused(BrokeredRealm realm, Account account) {
        int before = realm.realm().users().size();
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(realm.newestError()).isEqualTo("account_conflict");
        assertThat(realm.realm().users()).hasSize(before);
    }

    private static AccountBuilder named(String nickname, String email) {
        return Account.builder()
                .verifiedEmail(email)
                .profile("nickname", nickname)
                .profile("firstName", "First")
                .profile("lastName", "Last");
    }

    private Account add(AccountBuilder account) {
        return realm.realm().site().add(account);
    }
}
