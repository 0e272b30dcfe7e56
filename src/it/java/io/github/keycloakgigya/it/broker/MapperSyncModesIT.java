package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each mapper writes at the first sign-in and at those that follow, in each sync mode. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MapperSyncModesIT {

    /** Keycloak's sync modes, of which {@code LEGACY} is the same as {@code FORCE} here. */
    enum Mode {
        IMPORT,
        LEGACY,
        FORCE;

        boolean keepsUpToDate() {
            return this != IMPORT;
        }
    }

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;

    MapperSyncModesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), shape -> {
            shape.set("roles", Json.parse("""
                    {"realm": [{"name": "gold"}, {"name": "reader"}],
                     "client": {"app": [{"name": "editor"}]}}"""));
            shape.set("groups", Json.parse("""
                    [{"name": "clubs", "subGroups": [{"name": "sailing"}]}]"""));
        });
        users = new UserAdmin(realm.realm());
    }

    @AfterEach
    void delete_the_mappers() {
        realm.realm()
                .admin()
                .get(realm.mappers())
                .succeeded()
                .body()
                .forEach(mapper -> realm.realm()
                        .admin()
                        .delete(realm.mappers() + "/" + mapper.path("id").asText())
                        .succeeded());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_attribute_has_all_values_of_its_field(Mode mode) {
        addMapper(mode, "gigya-attribute-mapper", Map.of("field", "data.interests", "user.attribute", "hobbies"));
        var account = add(person("attribute", mode).data("interests", List.of("sailing", "chess")));

        var id = realm.signIn(account).subject();
        assertThat(hobbies(id)).containsExactlyInAnyOrder("sailing", "chess");

        account.setData("interests", List.of("golf"));
        realm.signIn(account);
        assertThat(hobbies(id))
                .containsExactlyInAnyOrderElementsOf(
                        mode.keepsUpToDate() ? List.of("golf") : List.of("sailing", "chess"));

        account.setData("interests", null);
        realm.signIn(account);
        assertThat(hobbies(id))
                .containsExactlyInAnyOrderElementsOf(mode.keepsUpToDate() ? List.of() : List.of("sailing", "chess"));
    }

    @ParameterizedTest
    @EnumSource
    void the_uid_is_a_value_like_others(Mode mode) {
        addMapper(mode, "gigya-attribute-mapper", Map.of("field", "UID", "user.attribute", "hobbies"));
        var account = add(person("uid", mode));

        var id = realm.signIn(account).subject();

        assertThat(hobbies(id)).containsExactly(account.uid());
    }

    @ParameterizedTest
    @EnumSource
    void a_name_is_the_users_own(Mode mode) {
        addMapper(mode, "gigya-attribute-mapper", Map.of("field", "profile.nickname", "user.attribute", "firstName"));
        var account = add(person("name", mode).profile("nickname", "Nick"));

        var id = realm.signIn(account).subject();
        assertThat(users.byId(id).path("firstName").asText()).isEqualTo("Nick");

        account.setProfile("nickname", "Nicky");
        realm.signIn(account);
        assertThat(users.byId(id).path("firstName").asText()).isEqualTo(mode.keepsUpToDate() ? "Nicky" : "Nick");
    }

    @ParameterizedTest
    @EnumSource
    void a_role_comes_and_goes_with_its_condition_and_no_other_role_does(Mode mode) {
        addMapper(mode, "gigya-role-mapper", Map.of("field", "data.level", "value", "gold", "role", "gold"));
        addMapper(
                mode,
                "gigya-role-mapper",
                Map.of("field", "data.tags", "condition", "contains", "value", "edit", "role", "app.editor"));
        var account = add(person("role", mode).data("level", "gold").data("tags", List.of("x", "may edit pages")));

        var id = realm.signIn(account).subject();
        assertThat(users.realmRoles(id)).contains("gold");
        assertThat(clientRoles(id)).containsExactly("editor");
        give(id, "reader");

        account.setData("level", null);
        account.setData("tags", List.of("x"));
        realm.signIn(account);
        assertThat(users.realmRoles(id)).contains("reader");
        assertThat(users.realmRoles(id).contains("gold")).isEqualTo(!mode.keepsUpToDate());
        assertThat(clientRoles(id).contains("editor")).isEqualTo(!mode.keepsUpToDate());

        account.setData("level", "gold");
        realm.signIn(account);
        assertThat(users.realmRoles(id)).contains("gold", "reader");
    }

    @ParameterizedTest
    @EnumSource
    void a_role_is_given_later_only_where_users_are_kept_up_to_date(Mode mode) {
        addMapper(mode, "gigya-role-mapper", Map.of("field", "data.level", "value", "gold", "role", "gold"));
        var account = add(person("later", mode).data("level", "goldfish"));

        var id = realm.signIn(account).subject();
        assertThat(users.realmRoles(id)).doesNotContain("gold");

        account.setData("level", "gold");
        realm.signIn(account);
        assertThat(users.realmRoles(id).contains("gold")).isEqualTo(mode.keepsUpToDate());
    }

    @ParameterizedTest
    @EnumSource
    void a_group_is_joined_and_left_with_its_condition(Mode mode) {
        addMapper(
                mode,
                "gigya-group-mapper",
                Map.of("field", "data.interests", "value", "sailing", "group", "/clubs/sailing"));
        var account = add(person("group", mode).data("interests", List.of("chess", "sailing")));

        var id = realm.signIn(account).subject();
        assertThat(users.groups(id)).containsExactly("sailing");

        account.setData("interests", List.of("chess"));
        realm.signIn(account);
        assertThat(users.groups(id)).isEqualTo(mode.keepsUpToDate() ? List.of() : List.of("sailing"));
    }

    @ParameterizedTest
    @EnumSource
    void a_user_name_is_made_of_a_template(Mode mode) {
        addMapper(mode, "gigya-username-mapper", Map.of("template", "${ALIAS}.${profile.nickname | lowercase}"));
        var account = add(person("template", mode).profile("nickname", "Nick-" + mode));

        var id = realm.signIn(account).subject();
        var first = ("shop.nick-" + mode).toLowerCase();
        assertThat(users.byId(id).path("username").asText()).isEqualTo(first);

        account.setProfile("nickname", "Nicky-" + mode);
        realm.signIn(account);
        assertThat(users.byId(id).path("username").asText())
                .isEqualTo(mode.keepsUpToDate() ? ("shop.nicky-" + mode).toLowerCase() : first);

        account.setProfile("nickname", null);
        realm.signIn(account);
        assertThat(users.byId(id).path("username").asText())
                .isEqualTo(mode.keepsUpToDate() ? "template-" + mode.name().toLowerCase() + "@example.com" : first);
    }

    private void addMapper(Mode mode, String kind, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("syncMode", mode.name());
        realm.addMapper(kind, all);
    }

    private static AccountBuilder person(String name, Mode mode) {
        return Account.builder()
                .verifiedEmail(name + "-" + mode.name().toLowerCase() + "@example.com")
                .profile("firstName", "First")
                .profile("lastName", "Last");
    }

    private Account add(AccountBuilder account) {
        return realm.realm().site().add(account);
    }

    private List<String> hobbies(String id) {
        return texts(users.byId(id).at("/attributes/hobbies"));
    }

    private List<String> clientRoles(String id) {
        var ofClients = realm.realm()
                .admin()
                .get(users.path("users/" + id + "/role-mappings"))
                .succeeded()
                .body()
                .at("/clientMappings/app/mappings");
        return StreamSupport.stream(ofClients.spliterator(), false)
                .map(role -> role.path("name").asText())
                .toList();
    }

    private void give(String id, String role) {
        var admin = realm.realm().admin();
        var found = admin.get(users.path("roles/" + role)).succeeded().body();
        admin.post(users.path("users/" + id + "/role-mappings/realm"), Json.parse("[" + found + "]"))
                .succeeded();
    }

    private static List<String> texts(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
