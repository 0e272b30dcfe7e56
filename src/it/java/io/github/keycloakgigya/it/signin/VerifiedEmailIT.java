package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** When an e-mail address counts as verified, and what it costs to know. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifiedEmailIT {

    private static final String QUESTION = "accounts.getAccountInfo";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private GigyaRealm trusting;

    VerifiedEmailIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        realm = GigyaRealm.create(keycloak, simulator);
        trusting = GigyaRealm.create(keycloak, simulator, Map.of("trustEmail", "true"), Map.of());
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realms() {
        realm.close();
        trusting.close();
    }

    @Test
    void an_address_that_gigya_verified_is_verified() {
        var account = realm.site().add(Account.builder().verifiedEmail("Verified@Example.com"));
        simulator.calls().reset();

        assertThat(isVerifiedAfterSignIn(realm, account)).isTrue();
        assertThat(simulator.calls().count(QUESTION)).isEqualTo(1);
    }

    @Test
    void an_address_that_nobody_verified_is_left_out_until_it_is_verified() {
        var account = realm.site().add(Account.builder().unverifiedEmail("claimed@example.com"));

        var before = realm.signIn(account);
        assertThat(before.accessClaims().has("email")).isFalse();
        assertThat(before.accessClaims().path("preferred_username").asText()).isEqualTo(account.uid());

        account.verifyEmails();
        var after = realm.signIn(account).accessClaims();
        assertThat(after.path("sub").asText()).isEqualTo(before.subject());
        assertThat(after.path("email").asText()).isEqualTo("claimed@example.com");
        assertThat(after.path("email_verified").asBoolean()).isTrue();
        assertThat(after.path("preferred_username").asText()).isEqualTo("claimed@example.com");
    }

    @Test
    void what_the_person_signs_in_by_names_the_user_and_is_no_address() {
        var account = realm.site().add(Account.builder().loginEmail("login@example.com"));

        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("preferred_username").asText()).isEqualTo("login@example.com");
        assertThat(claims.has("email")).isFalse();
    }

    @Test
    void where_the_setting_says_so_an_address_that_nobody_verified_is_stored() {
        try (var storing = GigyaRealm.create(keycloak, simulator, Map.of("unverifiedEmail", "store"), Map.of())) {
            var account = storing.site().add(Account.builder().unverifiedEmail("stored@example.com"));

            var claims = storing.signIn(account).accessClaims();
            assertThat(claims.path("email").asText()).isEqualTo("stored@example.com");
            assertThat(claims.path("email_verified").asBoolean()).isFalse();
            assertThat(claims.path("preferred_username").asText()).isEqualTo("stored@example.com");

            simulator.calls().reset();
            storing.signIn(account);
            assertThat(simulator.calls().count(QUESTION)).isZero();
        }
    }

    @Test
    void another_verified_address_of_the_account_does_not_count() {
        var account = realm.site().add(Account.builder().verifiedEmail("mine@example.com"));
        account.setProfile("email", "yours@example.com");

        assertThat(isVerifiedAfterSignIn(realm, account)).isFalse();
    }

    @Test
    void gigya_is_asked_only_where_the_address_is_new_or_changed() {
        var account = realm.site().add(Account.builder().verifiedEmail("asked@example.com"));
        realm.signIn(account);
        simulator.calls().reset();

        account.setProfile("firstName", "Changed");
        realm.signIn(account);
        assertThat(simulator.calls().count(QUESTION)).isZero();

        account.setProfile("email", "unverified@example.com");
        assertThat(isVerifiedAfterSignIn(realm, account)).isFalse();
        assertThat(simulator.calls().count(QUESTION)).isEqualTo(1);

        account.setProfile("email", "ASKED@example.com");
        assertThat(isVerifiedAfterSignIn(realm, account)).isTrue();
        assertThat(simulator.calls().count(QUESTION)).isEqualTo(2);
    }

    @Test
    void nothing_is_asked_about_an_account_without_an_address() {
        var account = realm.site().add(Account.builder().username("nameless"));
        simulator.calls().reset();

        realm.signIn(account);

        assertThat(simulator.calls().count(QUESTION)).isZero();
    }

    @Test
    void while_gigya_can_not_say_nobody_is_imported_or_changed() {
        var known = realm.site().add(Account.builder().verifiedEmail("known@example.com"));
        realm.signIn(known);
        known.setProfile("email", "next@example.com");
        var unknown = realm.site().add(Account.builder().verifiedEmail("unknown@example.com"));
        var before = realm.users();
        simulator.faults().on(QUESTION, Fault.throttle());

        assertThat(RefusedSignIn.of(realm, known).error()).isEqualTo("gigya_unavailable");
        assertThat(RefusedSignIn.of(realm, unknown).error()).isEqualTo("gigya_unavailable");

        assertThat(realm.users()).isEqualTo(before);
    }

    @Test
    void trusted_addresses_are_verified_without_a_question() {
        var account = trusting.site().add(Account.builder().unverifiedEmail("trusted@example.com"));
        simulator.calls().reset();

        assertThat(isVerifiedAfterSignIn(trusting, account)).isTrue();
        assertThat(simulator.calls().count(QUESTION)).isZero();
    }

    @Test
    void an_address_that_only_looks_like_another_is_never_taken_for_it() {
        // The Kelvin sign, which lower case turns into a k.
        var account = trusting.site().add(Account.builder().verifiedEmail("\u212Aate@example.com"));

        var claims = trusting.signIn(account).accessClaims();

        assertThat(claims.has("email")).isFalse();
        assertThat(claims.path("preferred_username").asText()).isEqualTo(account.uid());
    }

    private static boolean isVerifiedAfterSignIn(GigyaRealm realm, Account account) {
        realm.signIn(account);
        return realm.userOf(account).path("emailVerified").asBoolean();
    }
}
