package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** An account meets a user who is there already, and the policy is to link the two by a verified address. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkedUserIT {

    private static final Map<String, String> LINKING =
            Map.of("existingUserPolicy", "linkVerifiedEmail", "trustEmail", "true", "passwordCheck", "localFirst");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    LinkedUserIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator, LINKING, Map.of("federationProvider", "gigya"));
        users = new UserAdmin(realm);
        users.allowPasswords();
        users.changeRealm("""
                {"failureFactor": 3, "waitIncrementSeconds": 600, "quickLoginCheckMilliSeconds": 1}""");
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_user_whose_address_both_sides_verified_is_linked_and_found_again() {
        var local = users.addLocal("linked", "linked@example.com", true);
        makeKeeper(local);
        var account = realm.site().add(Account.builder().verifiedEmail("Linked@example.com"));

        assertThat(realm.signIn(account).subject()).isEqualTo(local);
        account.setProfile("firstName", "Renamed");
        account.addVerifiedEmail("moved@example.com");
        account.setProfile("email", "moved@example.com");
        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("sub").asText()).isEqualTo(local);
        assertThat(claims.path("given_name").asText()).isEqualTo("Renamed");
        assertThat(claims.at("/realm_access/roles").toString()).contains("keeper");
        assertThat(users.byId(local).path("federationLink").asText()).isEqualTo(realm.componentId());
        assertThat(users.password("moved@example.com", "local password").status())
                .isEqualTo(200);
    }

    @Test
    void a_linked_user_is_not_found_under_the_former_name() {
        users.addLocal("former", "now@example.com", true);
        assertThat(users.password("former", "local password").status()).isEqualTo(200);

        realm.signIn(realm.site().add(Account.builder().verifiedEmail("now@example.com")));

        assertThat(users.password("former", "local password").status()).isEqualTo(400);
        assertThat(users.password("now@example.com", "local password").status()).isEqualTo(200);
    }

    @Test
    void a_linked_user_whom_an_administrator_disables_stays_disabled_whatever_it_wrote_before() {
        var local = users.addLocal("sly", "sly@example.com", true);
        users.change(
                local,
                user -> user.withObject("/attributes").putArray("gigya.missing").add("true"));
        var account = realm.site().add(Account.builder().verifiedEmail("sly@example.com"));
        realm.signIn(account);
        assertThat(users.byId(local).path("attributes").has("gigya.missing")).isFalse();

        users.change(local, user -> user.put("enabled", false));

        assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_disabled");
        assertThat(users.byId(local).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void an_address_that_keycloak_did_not_verify_is_not_linked() {
        var local = users.addLocal("claimer", "victim@example.com", false);

        notLinked(local, realm.site().add(Account.builder().verifiedEmail("victim@example.com")));
    }

    @Test
    void an_address_that_gigya_did_not_verify_is_not_linked_although_addresses_are_trusted() {
        var local = users.addLocal("owner", "owner@example.com", true);

        notLinked(local, realm.site().add(Account.builder().unverifiedEmail("owner@example.com")));
    }

    @Test
    void an_account_that_verified_another_address_is_not_linked() {
        var local = users.addLocal("target", "target@example.com", true);
        var account = realm.site().add(Account.builder().verifiedEmail("mallory@example.com"));
        account.setProfile("email", "target@example.com");

        notLinked(local, account);
    }

    @Test
    void an_address_that_looks_like_the_users_is_not_linked() {
        var local = users.addLocal("kate", "kate@example.com", true);
        var kelvin = realm.site().add(Account.builder().verifiedEmail("\u212Aate@example.com"));
        var cyrillic = realm.site().add(Account.builder().verifiedEmail("k\u0430te@example.com"));

        assertThat(realm.signIn(kelvin).subject()).isNotEqualTo(local);
        assertThat(realm.signIn(cyrillic).subject()).isNotEqualTo(local);
        assertThat(users.byId(local).has("federationLink")).isFalse();
    }

    @Test
    void a_disabled_user_is_not_linked() {
        var local = users.addLocal("disabled", "disabled@example.com", true);
        users.change(local, user -> user.put("enabled", false));

        notLinked(local, realm.site().add(Account.builder().verifiedEmail("disabled@example.com")));
    }

    @Test
    void a_user_of_the_same_name_and_another_address_is_not_linked() {
        var local = users.addLocal("namesake@example.com", "namesake@example.org", true);

        notLinked(local, realm.site().add(Account.builder().verifiedEmail("namesake@example.com")));
    }

    @Test
    void a_user_of_another_account_is_not_linked() {
        var first = realm.site().add(Account.builder().verifiedEmail("shared@example.com"));
        var user = realm.signIn(first).subject();
        var second = realm.site().add(Account.builder().verifiedEmail("second@example.com"));
        second.addVerifiedEmail("shared@example.com");
        second.setProfile("email", "shared@example.com");

        refused(second);
        assertThat(realm.signIn(first).subject()).isEqualTo(user);
    }

    @Test
    void a_user_of_another_federation_is_not_linked() {
        var other = realm.admin().createComponent(realm.name(), anotherFederation());
        var user = users.addLocal("theirs", "theirs@example.com", true);
        users.change(user, representation -> representation.put("federationLink", other));
        assertThat(users.byId(user).path("federationLink").asText()).isEqualTo(other);
        var account = realm.site().add(Account.builder().verifiedEmail("theirs@example.com"));

        refused(account);

        assertThat(users.byId(user).path("federationLink").asText()).isEqualTo(other);
    }

    @Test
    void a_user_who_is_locked_out_is_refused() {
        users.addLocal("locked", "locked@example.com", true);
        for (int i = 0; i < 3; i++) {
            users.password("locked", "wrong");
        }

        var refused = RefusedSignIn.of(realm, realm.site().add(Account.builder().verifiedEmail("locked@example.com")));

        assertThat(refused.error()).isEqualTo("account_disabled");
    }

    @Test
    void a_realm_that_allows_an_address_twice_links_nobody() {
        try (var lenient = GigyaRealm.create(keycloak, simulator, LINKING, Map.of())) {
            var itsUsers = new UserAdmin(lenient);
            itsUsers.changeRealm("""
                    {"loginWithEmailAllowed": false, "duplicateEmailsAllowed": true}""");
            var local = itsUsers.addLocal("twice@example.com", "twice@example.com", true);
            var account = lenient.site().add(Account.builder().verifiedEmail("twice@example.com"));

            assertThat(RefusedSignIn.of(lenient, account).error()).isEqualTo("account_conflict");
            assertThat(itsUsers.byId(local).has("federationLink")).isFalse();
        }
    }

    private void notLinked(String local, Account account) {
        var before = users.byId(local);

        refused(account);

        assertThat(users.byId(local)).isEqualTo(before);
    }

    private void refused(Account account) {
        int before = realm.users().size();
        assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_conflict");
        assertThat(realm.users()).hasSize(before);
    }

    private ObjectNode anotherFederation() {
        var federation = (ObjectNode) realm.admin()
                .get(users.path("components/" + realm.componentId()))
                .body();
        federation.remove("id");
        federation.put("name", "another");
        var config = (ObjectNode) federation.get("config");
        config.putArray("secret").add(realm.site().partnerSecret());
        return federation;
    }

    private void makeKeeper(String id) {
        realm.admin().post(users.path("roles"), Json.parse("""
                        {"name": "keeper"}""")).succeeded();
        var role = realm.admin().get(users.path("roles/keeper")).body();
        realm.admin()
                .post(users.path("users/" + id + "/role-mappings/realm"), Json.parse("[" + role + "]"))
                .succeeded();
    }
}
