package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whom Keycloak's tables do not hold. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NonImportIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    NonImportIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator, Map.of("importEnabled", "false"), Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
        realm.admin().post(users.path("roles"), Json.parse("""
                        {"name": "moderator"}""")).succeeded();
        realm.admin().post(users.path("groups"), Json.parse("""
                        {"name": "sailors"}""")).succeeded();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_person_signs_in_with_all_attributes_and_no_row_is_written_about_them() {
        var account = add(person("first"));

        var tokens = keycloak.sql().statementsDuring(() -> realm.signIn(account));
        var claims = realm.signIn(account).accessClaims();

        assertThat(tokens).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(claims.path("given_name").asText()).isEqualTo("First");
        assertThat(claims.path("preferred_username").asText()).isEqualTo("first@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(claims.path("interests")).extracting(JsonNode::asText).containsExactly("chess", "rowing");
    }

    @Test
    void a_warm_sign_in_makes_one_call_and_finds_the_same_user() {
        var account = add(person("warm"));
        var before = realm.signIn(account).subject();
        simulator.calls().reset();

        var after = realm.signIn(account).subject();

        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
        assertThat(after).isEqualTo(before).startsWith("f:" + realm.componentId() + ":");
    }

    @Test
    void a_cold_sign_in_searches_for_nothing() {
        var account = add(person("cold"));
        simulator.calls().reset();

        realm.signIn(account);

        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1, "accounts.getAccountInfo", 1));
    }

    @Test
    void what_changed_in_gigya_is_changed_at_the_next_sign_in() {
        var account = add(person("changing"));
        realm.signIn(account);
        account.setProfile("firstName", "Renamed");
        account.setData("interests", null);
        account.moveTo("moved@example.com");

        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("given_name").asText()).isEqualTo("Renamed");
        assertThat(claims.has("interests")).isFalse();
        assertThat(claims.path("email").asText()).isEqualTo("moved@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_guid_a+b/c==", "a:b/../c%2F?#", "Ünï-日本-😀", "UPPER", "upper", " blanks ", "${vault.gigya}"})
    void a_uid_of_odd_characters_is_found_through_the_admin_api(String uid) {
        var account = add(person("odd" + Math.abs(uid.hashCode())).uid(uid));
        var id = realm.signIn(account).subject();
        clearCache();

        var user = users.byId(id);

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.at("/attributes/gigya.uid/0").asText()).isEqualTo(uid);
        assertThat(users.realmRoles(id)).contains("default-roles-" + realm.name());
    }

    @Test
    void what_is_keycloaks_own_lives_in_keycloak() {
        var account = add(person("own"));
        var id = realm.signIn(account).subject();
        grant(id, "moderator");
        join(id, "sailors");
        users.change(
                id,
                user -> ((ObjectNode) user.get("attributes"))
                        .putArray("shoeSize")
                        .add("42"));
        account.setProfile("firstName", "Changed");

        realm.signIn(account);
        clearCache();

        var user = users.byId(id);
        assertThat(user.path("firstName").asText()).isEqualTo("Changed");
        assertThat(user.at("/attributes/shoeSize/0").asText()).isEqualTo("42");
        assertThat(users.realmRoles(id)).contains("moderator");
        assertThat(users.groups(id)).containsExactly("sailors");
        users.change(id, changed -> changed.putArray("requiredActions").add("CONFIGURE_TOTP"));
        var visitor = realm.visit();
        assertThat(visitor.post(realm.proofOf(account, visitor.audience())).text())
                .contains("Mobile Authenticator Setup");
    }

    @Test
    void what_gigya_owns_an_administrator_does_not_change() {
        var id = realm.signIn(add(person("gigyas"))).subject();
        var changed = (ObjectNode) users.byId(id);
        changed.put("firstName", "Forged").put("email", "forged@example.com").put("username", "forged");

        realm.admin().put(users.path("users/" + id), changed);

        assertThat(users.byId(id).toString()).doesNotContain("forged").doesNotContain("Forged");
    }

    @Test
    void an_administrator_disables_and_enables_a_person() {
        var account = add(person("disabled"));
        var id = realm.signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));

        FailedSignIn.of(realm, account).isCalled("account_disabled");
        clearCache();
        FailedSignIn.of(realm, account).isCalled("account_disabled");
        users.change(id, user -> user.put("enabled", true));

        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_permanent_lockout_disables_a_person() {
        try (var locking = GigyaRealm.create(keycloak, simulator, Map.of("importEnabled", "false"), Map.of())) {
            var admin = new UserAdmin(locking);
            admin.allowPasswords();
            admin.changeRealm("""
                    {"permanentLockout": true, "failureFactor": 1, "maxTemporaryLockouts": 0}""");
            var account = locking.site().add(person("locked"));
            var id = locking.signIn(account).subject();
            NamedAttempt.of(locking, "locked@example.com");

            await().until(() -> !admin.byId(id).path("enabled").asBoolean(true));

            FailedSignIn.of(locking, account).isCalled("account_disabled");
        }
    }

    @Test
    void an_address_that_keycloak_verified_is_verified_until_it_changes() {
        realm.configure(Map.of("unverifiedEmail", "store"));
        try {
            var account = add(Account.builder().unverifiedEmail("proving@example.com"));
            var id = realm.signIn(account).subject();
            users.change(id, user -> user.put("emailVerified", true));
            clearCache();

            assertThat(users.byId(id).path("emailVerified").asBoolean()).isTrue();
            account.setProfile("email", "another@example.com");
            assertThat(realm.signIn(account)
                            .accessClaims()
                            .path("email_verified")
                            .asBoolean())
                    .isFalse();
        } finally {
            realm.configure(Map.of("unverifiedEmail", "omit"));
        }
    }

    @Test
    void an_account_with_the_address_of_a_local_user_is_refused() {
        users.addLocal("ann", "ann@example.com", true);
        var account = add(Account.builder().verifiedEmail("ann@example.com"));

        FailedSignIn.of(realm, account).isCalled("account_conflict");
    }

    @Test
    void an_administrator_removes_what_keycloak_knows_of_a_person() {
        var account = add(person("removed"));
        var id = realm.signIn(account).subject();
        grant(id, "moderator");

        realm.admin().delete(users.path("users/" + id)).succeeded();

        assertThat(realm.signIn(account).subject()).isEqualTo(id);
        assertThat(users.realmRoles(id)).doesNotContain("moderator");
    }

    private void grant(String id, String role) {
        var representation = realm.admin().get(users.path("roles/" + role)).body();
        realm.admin()
                .post(users.path("users/" + id + "/role-mappings/realm"), Json.parse("[" + representation + "]"))
                .succeeded();
    }

    private void join(String id, String name) {
        var groups = realm.admin().get(users.path("groups?search=" + name)).body();
        realm.admin()
                .put(users.path("users/" + id + "/groups/" + groups.at("/0/id").asText()), Json.parse("{}"))
                .succeeded();
    }

    private void clearCache() {
        realm.admin().post(users.path("clear-user-cache"), Json.parse("{}")).succeeded();
    }

    private Account add(AccountBuilder account) {
        return realm.site().add(account);
    }

    private static AccountBuilder person(String name) {
        return Account.builder()
                .verifiedEmail(name + "@example.com")
                .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                .profile("lastName", "Example")
                .data("interests", List.of("chess", "rowing"))
                .data("memberNumber", 4711);
    }
}
