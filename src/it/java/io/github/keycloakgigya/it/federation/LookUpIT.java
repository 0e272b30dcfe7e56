package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.SearchFaults;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody types the user name or the address of an account that never signed in. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookUpIT {

    private static final String SEARCH = "accounts.search";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    LookUpIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(
                keycloak, simulator, Map.of("usernameField", "profile.username", "passwordCheck", "off"), Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @BeforeEach
    void forget_calls() {
        simulator.calls().reset();
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void an_address_leads_to_the_account_by_one_call_and_to_its_user_by_none_then() {
        var account = add(Account.builder().verifiedEmail("Maria@example.com").profile("firstName", "Maria"));

        var first = NamedAttempt.of(realm, "MARIA@example.com");
        assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
        var second = NamedAttempt.of(realm, "maria@example.com");

        assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
        var user = realm.userOf(account);
        first.knows(user.path("id").asText());
        second.knows(user.path("id").asText());
        assertThat(user.path("federationLink").asText()).isEqualTo(realm.componentId());
        assertThat(user.path("firstName").asText()).isEqualTo("Maria");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void an_address_that_gigya_has_not_verified_leads_to_nobody() {
        var account = add(Account.builder().username("typed").unverifiedEmail("unverified@example.com"));

        NamedAttempt.of(realm, "unverified@example.com").knowsNobody();

        assertThat(isImported(account)).isFalse();
        NamedAttempt.of(realm, "typed").knows(realm.userOf(account).path("id").asText());
        assertThat(realm.userOf(account).has("email")).isFalse();
    }

    @Test
    void an_address_leads_to_who_verified_it_among_those_who_typed_it() {
        for (int i = 0; i < 12; i++) {
            add(Account.builder().username("crowd" + i).profile("email", "wanted@example.com"));
        }
        var owner = add(Account.builder().username("wanted").verifiedEmail("wanted@example.com"));

        NamedAttempt.of(realm, "wanted@example.com")
                .knows(realm.userOf(owner).path("id").asText());
    }

    @Test
    void a_user_name_leads_to_the_account_by_one_call() {
        var account = add(Account.builder().username("nick").verifiedEmail("n@example.com"));

        var attempt = NamedAttempt.of(realm, "nick");

        assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
        attempt.knows(realm.userOf(account).path("id").asText());
    }

    @Test
    void the_uid_leads_to_an_account_that_has_no_user_name() {
        var account = add(Account.builder().verifiedEmail("nameless@example.com"));

        NamedAttempt.of(realm, account.uid())
                .knows(realm.userOf(account).path("id").asText());
    }

    @Test
    void who_was_looked_up_signs_in_as_the_same_user() {
        var account = add(Account.builder().username("same").verifiedEmail("same@example.com"));
        var before = NamedAttempt.of(realm, "same").event().path("userId").asText();

        assertThat(realm.signIn(account).subject()).isEqualTo(before);
    }

    @Test
    void a_name_that_looks_like_an_address_is_asked_for_once_though_keycloak_looks_twice() {
        NamedAttempt.of(realm, "nobody.at.all@example.com").knowsNobody();

        assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
    }

    @Test
    void a_local_user_is_found_without_asking() {
        var local = users.addLocal("local", "local@example.com", true);
        simulator.calls().reset();

        NamedAttempt.of(realm, "local").knows(local);
        NamedAttempt.of(realm, "local@example.com").knows(local);

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void what_belongs_to_several_accounts_leads_to_none() {
        var one = add(Account.builder().username("one"));
        one.moveTo("shared@example.com");
        var two = add(Account.builder().username("two"));
        two.moveTo("shared@example.com");

        NamedAttempt.of(realm, "shared@example.com").knowsNobody();

        assertThat(isImported(one)).isFalse();
        assertThat(isImported(two)).isFalse();
    }

    @Test
    void an_account_that_may_not_sign_in_is_not_imported() {
        var disabled = add(Account.builder().username("disabled").disabled());
        var unfinished = add(Account.builder().username("unfinished").pendingRegistration());

        NamedAttempt.of(realm, "disabled").knowsNobody();
        NamedAttempt.of(realm, "unfinished").knowsNobody();

        assertThat(isImported(disabled)).isFalse();
        assertThat(isImported(unfinished)).isFalse();
    }

    @Test
    void an_account_whose_address_is_a_local_users_takes_nothing_of_it() {
        var local = users.addLocal("owner", "owner@example.com", true);
        var account = add(Account.builder().username("thief").verifiedEmail("owner@example.com"));

        NamedAttempt.of(realm, "thief").knowsNobody();

        assertThat(isImported(account)).isFalse();
        assertThat(users.byId(local).has("federationLink")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\" OR UID != \"",
                "x@example.com\" OR profile.email CONTAINS \"@",
                "back\\slash@example.com",
                "'; DROP TABLE accounts; --",
            })
    void what_would_change_the_query_finds_nobody_and_is_no_error(String typed) {
        add(Account.builder().verifiedEmail("bystander" + typed.hashCode() + "@example.com"));
        var before = realm.users();

        var attempt = NamedAttempt.of(realm, typed).knowsNobody();

        assertThat(attempt.page().status()).isEqualTo(400);
        assertThat(realm.users()).isEqualTo(before);
    }

    @Test
    void an_account_without_a_uid_is_nobody() {
        var account = add(Account.builder().username("without-uid"));
        simulator.faults().on(SEARCH, SearchFaults.withoutUid());

        NamedAttempt.of(realm, "without-uid").knowsNobody();

        assertThat(isImported(account)).isFalse();
    }

    @Test
    void a_name_that_changed_in_gigya_leads_to_the_user_of_old() {
        var account = add(Account.builder().username("oldname"));
        var before = realm.signIn(account).subject();
        account.setProfile("username", "newname");

        NamedAttempt.of(realm, "newname").knows(before);

        assertThat(users.byId(before).path("username").asText()).isEqualTo("newname");
    }

    private Account add(AccountBuilder builder) {
        return realm.site().add(builder);
    }

    private boolean isImported(Account account) {
        return realm.users().stream()
                .anyMatch(user -> user.at("/attributes/gigya.uid/0").asText().equals(account.uid()));
    }
}
