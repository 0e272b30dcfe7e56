package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.it.realm.UserAdmin;
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

/** An account meets a user who is there already, and the policy is to refuse it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExistingUserIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    ExistingUserIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator, Map.of("usernameField", "profile.username"), Map.of());
        users = new UserAdmin(realm);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void an_account_with_the_name_of_a_local_user_is_refused() {
        var local = users.addLocal("carol", "carol@example.com", true);

        conflicts(local, realm.site().add(Account.builder().username("Carol").verifiedEmail("c2@example.com")));
    }

    @Test
    void an_account_whose_name_is_the_address_of_a_local_user_is_refused() {
        var local = users.addLocal("dave", "dave@example.com", true);

        conflicts(local, realm.site().add(Account.builder().username("dave@example.com")));
    }

    @Test
    void an_account_whose_address_is_the_name_of_a_local_user_is_refused() {
        var local = users.addLocal("erin@example.com", "other@example.com", true);

        conflicts(local, realm.site().add(Account.builder().verifiedEmail("erin@example.com")));
    }

    @Test
    void an_account_whose_uid_is_the_name_of_a_local_user_is_refused() {
        var local = users.addLocal("boss", "boss@example.com", true);

        conflicts(local, realm.site().add(Account.builder().uid("BOSS").verifiedEmail("b2@example.com")));
    }

    @Test
    void an_account_is_refused_the_name_of_another_accounts_user() {
        var first = realm.site().add(Account.builder().username("first-come").verifiedEmail("f1@example.com"));
        var user = realm.signIn(first).subject();
        var second = realm.site().add(Account.builder().verifiedEmail("f2@example.com"));
        second.setProfile("username", "FIRST-come");

        conflicts(user, second);
    }

    @Test
    void a_known_account_that_takes_over_an_address_is_refused_and_keeps_everything() {
        var local = users.addLocal("frank", "frank@example.com", true);
        var account = realm.site().add(Account.builder().username("grace").verifiedEmail("grace@example.com"));
        var user = realm.signIn(account).subject();
        account.addVerifiedEmail("frank@example.com");
        account.setProfile("email", "frank@example.com");
        account.setProfile("firstName", "Frank");

        conflicts(local, account);
        account.setProfile("email", "grace@example.com");

        var claims = realm.signIn(account).accessClaims();
        assertThat(claims.path("sub").asText()).isEqualTo(user);
        assertThat(claims.path("given_name").asText()).isEqualTo("Frank");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void a_known_account_that_takes_over_a_name_is_refused_and_keeps_everything() {
        var local = users.addLocal("heidi", "heidi@example.com", true);
        var account = realm.site().add(Account.builder().username("ivan").verifiedEmail("ivan@example.com"));
        realm.signIn(account);

        account.setProfile("username", "heidi");
        conflicts(local, account);
        account.addVerifiedEmail("heidi@example.com");
        account.setProfile("username", "heidi@example.com");
        conflicts(local, account);
    }

    @Test
    void a_service_accounts_name_is_refused() {
        realm.admin().post(users.path("clients"), Json.parse("""
                        {"clientId": "robot", "secret": "s", "serviceAccountsEnabled": true}""")).succeeded();
        var account = realm.site().add(Account.builder().username("service-account-robot"));

        assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_conflict");
    }

    @Test
    void where_a_realm_allows_an_address_twice_both_have_it_and_neither_is_the_other() {
        try (var lenient = GigyaRealm.create(keycloak, simulator, Map.of("usernameField", "UID"), Map.of())) {
            var itsUsers = new UserAdmin(lenient);
            itsUsers.changeRealm("""
                    {"loginWithEmailAllowed": false, "duplicateEmailsAllowed": true}""");
            var local = itsUsers.addLocal("judy", "judy@example.com", true);
            var account = lenient.site().add(Account.builder().verifiedEmail("judy@example.com"));

            var claims = lenient.signIn(account).accessClaims();

            assertThat(claims.path("sub").asText()).isNotEqualTo(local);
            assertThat(claims.path("email").asText()).isEqualTo("judy@example.com");
        }
    }

    private void conflicts(String existing, Account account) {
        var before = realm.users();

        var refused = RefusedSignIn.of(realm, account);

        assertThat(refused.error()).isEqualTo("account_conflict");
        assertThat(refused.text()).contains("Somebody is already registered here");
        assertThat(refused.event().path("error").asText()).isEqualTo("username_in_use");
        assertThat(refused.event().path("userId").asText()).isNotEqualTo(existing);
        assertThat(realm.users()).isEqualTo(before);
    }
}
