package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several browsers sign in at the same moment, and Keycloak knows none of them yet. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentImportIT {

    private static final int BROWSERS = 8;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private int accounts;

    ConcurrentImportIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @RepeatedTest(4)
    void one_account_becomes_one_user_and_everybody_is_signed_in() throws Exception {
        var account = account("one");
        var visitors = visitors();

        var subjects = AtOnce.run(visitors.stream()
                .map(visitor -> (Callable<String>) () -> visitor.signIn(account).subject())
                .toList());

        assertThat(subjects)
                .hasSize(BROWSERS)
                .containsOnly(realm.userOf(account).path("id").asText());
    }

    @RepeatedTest(2)
    void a_known_person_may_sign_in_in_several_windows_at_once() throws Exception {
        var account = account("windows");
        var known = realm.signIn(account).subject();
        var visitors = visitors();

        var subjects = AtOnce.run(visitors.stream()
                .map(visitor -> (Callable<String>) () -> visitor.signIn(account).subject())
                .toList());

        assertThat(subjects).hasSize(BROWSERS).containsOnly(known);
    }

    @RepeatedTest(2)
    void accounts_that_claim_one_address_become_one_user_and_the_others_are_refused() throws Exception {
        var address = "claimed" + ++accounts + "@example.com";
        var claimants = new ArrayList<Account>();
        for (int i = 0; i < BROWSERS; i++) {
            var account = account("claimant");
            account.moveTo(address);
            claimants.add(account);
        }
        var visitors = visitors();
        var attempts = new ArrayList<Callable<Page>>();
        for (int i = 0; i < BROWSERS; i++) {
            var visitor = visitors.get(i);
            var account = claimants.get(i);
            attempts.add(() -> visitor.post(realm.proofOf(account, visitor.audience())));
        }

        var pages = AtOnce.run(attempts);

        assertThat(pages).extracting(Page::status).allMatch(status -> status < 500);
        assertThat(pages.stream().filter(page -> page.redirect().isPresent())).hasSize(1);
        assertThat(pages.stream().filter(page -> page.text().contains("Somebody is already registered here")))
                .hasSize(BROWSERS - 1);
        assertThat(realm.users())
                .filteredOn(user -> user.path("email").asText().equals(address))
                .hasSize(1);
    }

    private List<Visitor> visitors() {
        var visitors = new ArrayList<Visitor>();
        for (int i = 0; i < BROWSERS; i++) {
            visitors.add(realm.visit());
        }
        return visitors;
    }

    private Account account(String name) {
        accounts++;
        return realm.site().add(Account.builder().verifiedEmail(name + accounts + "@example.com"));
    }
}
