package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
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

/** What an account becomes in Keycloak, and what of the user is Keycloak's own. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedUserIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    ImportedUserIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(
                keycloak, simulator, Map.of("passwordCheck", "localFirst", "fieldMappings", """
                        [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
                         {"key":"profile.email","value":"email"},{"key":"data.list","value":"list"},
                         {"key":"data.number","value":"number"},{"key":"data.decimal","value":"decimal"},
                         {"key":"data.flag","value":"flag"},{"key":"data.object","value":"object"},
                         {"key":"data.objects","value":"objects"},{"key":"data.a.b","value":"nested"},
                         {"key":"data.text","value":"text"}]"""), Map.of());
        users = new UserAdmin(realm);
        realm.admin().post(users.path("groups"), Json.parse("""
                        {"name": "newcomers"}""")).succeeded();
        var group = realm.admin()
                .get(users.path("groups"))
                .body()
                .path(0)
                .path("id")
                .asText();
        realm.admin()
                .put(users.path("default-groups/" + group), Json.parse("{}"))
                .succeeded();
        realm.admin().post(users.path("roles"), Json.parse("""
                        {"name": "moderator"}""")).succeeded();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void its_fields_become_attributes_of_the_form_that_the_contract_names() {
        var account = realm.site()
                .add(Account.builder()
                        .verifiedEmail("forms@example.com")
                        .data("list", List.of("b", "a", "b"))
                        .data("number", 4711)
                        .data("decimal", 1.50)
                        .data("flag", true)
                        .data("object", Map.of("plan", Map.of("level", 3)))
                        .data("objects", List.of(Map.of("n", 1), Map.of("n", 2)))
                        .data("a.b", "deep")
                        .data("text", "Zoë \"quoted\" <b> ${vault.x} 😀"));

        var attributes = attributesAfterSignIn(account);

        assertThat(texts(attributes, "list")).containsExactly("b", "a", "b");
        assertThat(texts(attributes, "number")).containsExactly("4711");
        assertThat(texts(attributes, "decimal")).containsExactly("1.5");
        assertThat(texts(attributes, "flag")).containsExactly("true");
        assertThat(texts(attributes, "object")).containsExactly("{\"plan\":{\"level\":3}}");
        assertThat(texts(attributes, "objects")).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(texts(attributes, "nested")).containsExactly("deep");
        assertThat(texts(attributes, "text")).containsExactly("Zoë \"quoted\" <b> ${vault.x} 😀");
        assertThat(texts(attributes, "gigya.uid")).containsExactly(account.uid());
    }

    @Test
    void what_the_account_has_no_longer_the_user_has_no_longer() {
        var account = realm.site()
                .add(Account.builder()
                        .verifiedEmail("losing@example.com")
                        .profile("firstName", "Losing")
                        .data("list", List.of("one", "two"))
                        .data("text", "present"));
        attributesAfterSignIn(account);
        account.setData("list", List.of());
        account.setData("text", "");
        account.setProfile("firstName", null);

        var attributes = attributesAfterSignIn(account);

        assertThat(attributes.has("list")).isFalse();
        assertThat(attributes.has("text")).isFalse();
        assertThat(realm.userOf(account).path("firstName").asText("")).isEmpty();
    }

    @Test
    void another_address_and_name_in_gigya_keep_the_user() {
        var account = realm.site().add(Account.builder().verifiedEmail("before@example.com"));
        var before = realm.signIn(account).subject();
        account.addVerifiedEmail("after@example.com");
        account.setProfile("email", "after@example.com");

        var tokens = realm.signIn(account);

        assertThat(tokens.subject()).isEqualTo(before);
        assertThat(tokens.accessClaims().path("preferred_username").asText()).isEqualTo("after@example.com");
        assertThat(tokens.accessClaims().path("email_verified").asBoolean()).isTrue();
        assertThat(users.byUsername("before@example.com")).isEmpty();
    }

    @Test
    void without_the_field_of_the_user_name_the_uid_is_the_name() {
        var account = realm.site().add(Account.builder().username("no-address"));

        realm.signIn(account);

        assertThat(realm.userOf(account).path("username").asText()).isEqualTo(account.uid());
        assertThat(realm.userOf(account).has("email")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_guid_a+b/c==",
                "it's \"quoted\" & <b>%27%22",
                "Ünï-çødé-日本-😀",
                "a:b,c;d*e?f|g",
                "${vault.gigya}",
                " surrounded by blanks ",
                "../../admin",
            })
    void a_uid_of_odd_characters_is_found_again(String uid) {
        foundAgain(uid);
    }

    @Test
    void a_uid_of_255_characters_is_found_again_even_where_lower_case_takes_more_room() {
        foundAgain("u".repeat(255));
        foundAgain("İ".repeat(255));
    }

    @Test
    void upper_and_lower_case_of_a_uid_are_two_accounts() {
        var upper = realm.site().add(Account.builder().uid("CASE-uid").verifiedEmail("upper@example.com"));
        var lower = realm.site().add(Account.builder().uid("case-UID").verifiedEmail("lower@example.com"));

        assertThat(realm.signIn(upper).subject())
                .isNotEqualTo(realm.signIn(lower).subject());
    }

    @Test
    void what_is_keycloaks_own_survives_a_sign_in_that_changes_the_user() {
        var account = realm.site().add(Account.builder().verifiedEmail("own@example.com"));
        var id = realm.signIn(account).subject();
        grantModerator(id);
        users.change(id, user -> {
            ((ObjectNode) user.get("attributes")).putArray("shoeSize").add("42");
            user.putArray("requiredActions").add("CONFIGURE_TOTP");
        });
        realm.admin()
                .put(users.path("users/" + id + "/reset-password"), Json.parse("""
                        {"type": "password", "value": "a local password"}"""))
                .succeeded();
        account.setProfile("firstName", "Changed");
        account.setData("list", List.of("new"));

        var visitor = realm.visit();
        var page = visitor.post(realm.proofOf(account, visitor.audience()));

        assertThat(page.text()).contains("Mobile Authenticator Setup");
        var user = users.byId(id);
        assertThat(user.path("firstName").asText()).isEqualTo("Changed");
        assertThat(texts(user.path("attributes"), "list")).containsExactly("new");
        assertThat(texts(user.path("attributes"), "shoeSize")).containsExactly("42");
        assertThat(user.path("requiredActions")).extracting(JsonNode::asText).containsExactly("CONFIGURE_TOTP");
        assertThat(users.realmRoles(id)).contains("moderator");
        assertThat(users.groups(id)).containsExactly("newcomers");
        assertThat(realm.admin().get(users.path("users/" + id + "/credentials")).body())
                .hasSize(1);
    }

    @Test
    void default_roles_and_groups_are_given_once() {
        var account = realm.site().add(Account.builder().verifiedEmail("once@example.com"));
        var id = realm.signIn(account).subject();
        assertThat(users.realmRoles(id)).containsExactly("default-roles-" + realm.name());
        assertThat(users.groups(id)).containsExactly("newcomers");
        var group = realm.admin()
                .get(users.path("users/" + id + "/groups"))
                .body()
                .at("/0/id")
                .asText();
        realm.admin().delete(users.path("users/" + id + "/groups/" + group)).succeeded();
        account.setProfile("firstName", "Later");

        realm.signIn(account);

        assertThat(users.groups(id)).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_left_out() {
        var account = realm.site().add(Account.builder().verifiedEmail("good@example.com"));
        account.setProfile("email", "mallory@example.com,victim@example.com");

        realm.signIn(account);

        assertThat(realm.userOf(account).has("email")).isFalse();
    }

    private void foundAgain(String uid) {
        var account = realm.site().add(Account.builder().uid(uid));
        var first = realm.signIn(account);
        account.setProfile("firstName", "Again");

        var second = realm.signIn(account);

        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.accessClaims().path("given_name").asText()).isEqualTo("Again");
        var user = users.byId(second.subject());
        assertThat(texts(user.path("attributes"), "gigya.uid")).containsExactly(uid);
    }

    private JsonNode attributesAfterSignIn(Account account) {
        realm.signIn(account);
        return realm.userOf(account).path("attributes");
    }

    private void grantModerator(String id) {
        var role = realm.admin().get(users.path("roles/moderator")).body();
        realm.admin()
                .post(users.path("users/" + id + "/role-mappings/realm"), Json.parse("[" + role + "]"))
                .succeeded();
    }

    private static List<String> texts(JsonNode attributes, String name) {
        return attributes.path(name).valueStream().map(JsonNode::asText).toList();
    }
}
