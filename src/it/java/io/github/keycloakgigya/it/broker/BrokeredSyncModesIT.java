package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an account becomes the user's, at the first sign-in and later. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredSyncModesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;

    BrokeredSyncModesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMPORT", "LEGACY"})
    void what_the_first_sign_in_wrote_stays(String mode) {
        realm.configure(Map.of("syncMode", mode));
        var account = signedIn(mode.toLowerCase() + "@example.com");
        change(account, "changed-" + mode.toLowerCase() + "@example.com");

        realm.signIn(account);

        var user = user(account);
        assertThat(user.path("firstName").asText()).isEqualTo("Maria");
        assertThat(user.path("lastName").asText()).isEqualTo("Example");
        assertThat(user.path("email").asText()).isEqualTo(mode.toLowerCase() + "@example.com");
    }

    @Test
    void with_force_names_and_address_follow_the_account_and_the_user_name_does_not() {
        realm.configure(Map.of("syncMode", "FORCE"));
        var account = signedIn("force@example.com");
        change(account, "changed-force@example.com");

        realm.signIn(account);

        var user = user(account);
        assertThat(user.path("firstName").asText()).isEqualTo("Marie");
        assertThat(user.path("lastName").asText()).isEqualTo("Changed");
        assertThat(user.path("email").asText()).isEqualTo("force@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("username").asText()).isEqualTo("force@example.com");
    }

    @Test
    void with_force_a_new_address_that_gigya_has_verified_is_verified() {
        realm.configure(Map.of("syncMode", "FORCE"));
        var account = signedIn("verifying@example.com");
        change(account, "verified-anew@example.com");
        account.addVerifiedEmail("verified-anew@example.com");

        realm.signIn(account);

        assertThat(user(account).path("email").asText()).isEqualTo("verified-anew@example.com");
        assertThat(user(account).path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void with_force_a_new_address_that_is_another_users_is_refused_and_nothing_changes() {
        realm.configure(Map.of("syncMode", "FORCE"));
        new UserAdmin(realm.realm()).addLocal("neighbour", "neighbour@example.com", true);
        var account = signedIn("moving@example.com");
        change(account, "neighbour@example.com");
        account.addVerifiedEmail("neighbour@example.com");

        var visitor = realm.visit();
        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(page.text()).contains(Refusal.ACCOUNT_CONFLICT.message());
        assertThat(user(account).path("email").asText()).isEqualTo("moving@example.com");
        assertThat(user(account).path("firstName").asText()).isEqualTo("Maria");
    }

    @Test
    void with_trust_email_an_address_counts_as_verified_that_gigya_has_not_verified() {
        realm.configure(Map.of("$trustEmail", "true"));
        var trusted = unverified("trusted@example.com");
        realm.signIn(trusted);
        realm.configure(Map.of("$trustEmail", "false", "unverifiedEmail", "store"));
        var untrusted = unverified("untrusted@example.com");
        realm.signIn(untrusted);
        realm.configure(Map.of("unverifiedEmail", "omit"));

        assertThat(user(trusted).path("emailVerified").asBoolean()).isTrue();
        assertThat(user(untrusted).path("emailVerified").asBoolean()).isFalse();
        assertThat(user(untrusted).path("email").asText()).isEqualTo("untrusted@example.com");
    }

    @Test
    void an_account_without_an_essential_claim_is_refused_and_no_user_is_made() {
        try (var filtered = BrokeredRealm.create(
                keycloak,
                simulator,
                Map.of(
                        "filteredByClaim", "true",
                        "claimFilterName", "data.level",
                        "claimFilterValue", "gold|platinum"))) {
            var gold = filtered.realm().site().add(maria("gold@example.com").data("level", "gold"));
            var golden = filtered.realm().site().add(maria("golden@example.com").data("level", "golden"));

            filtered.signIn(gold);
            var visitor = filtered.visit();
            var page = visitor.post(filtered.realm().proofOf(golden, visitor.audience()));

            assertThat(page.text()).contains("does not match the configured essential claim");
            assertThat(page.has("form#kc-form-login")).isTrue();
            assertThat(filtered.realm().users())
                    .extracting(user -> user.path("username").asText())
                    .containsExactly("gold@example.com");
        }
    }

    private Account signedIn(String email) {
        var account = realm.realm().site().add(maria(email));
        realm.signIn(account);
        return account;
    }

    private static AccountBuilder maria(String email) {
        return Account.builder()
                .verifiedEmail(email)
                .profile("firstName", "Maria")
                .profile("lastName", "Example");
    }

    private Account unverified(String email) {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .profile("email", email)
                        .profile("firstName", "Una")
                        .profile("lastName", "Example"));
    }

    private static void change(Account account, String email) {
        account.setProfile("firstName", "Marie");
        account.setProfile("lastName", "Changed");
        account.setProfile("email", email);
    }

    private JsonNode user(Account account) {
        return realm.realm().userOf(account);
    }
}
