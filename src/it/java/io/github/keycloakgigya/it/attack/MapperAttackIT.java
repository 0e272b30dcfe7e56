package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nobody becomes an administrator by what an account says, however a mapper came to be told so: a sign-in fails then, and
 * nothing is written.
 */
@ExtendWith(SharedServers.class)
class MapperAttackIT {

    private static final Map<String, String> GOLD = Map.of("field", "data.level", "value", "gold", "role", "gold");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;

    MapperAttackIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), shape -> {
            shape.set("roles", Json.parse("""
                    {"realm": [{"name": "admin"}, {"name": "gold"}]}"""));
            shape.set("groups", Json.parse("""
                    [{"name": "staff", "subGroups": [{"name": "interns"}]}]"""));
        });
        users = new UserAdmin(realm.realm());
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_realm_file_can_not_make_administrators_of_accounts() {
        realm.importMapper("gigya-role-mapper", Map.of("field", "data.level", "value", "gold", "role", "admin"));

        assertNobodySignsIn(account());
    }

    @Test
    void a_realm_file_can_not_write_what_only_the_extension_writes() {
        realm.importMapper("gigya-attribute-mapper", Map.of("field", "data.level", "user.attribute", "gigya.uid"));

        assertNobodySignsIn(account());
    }

    @Test
    void a_role_that_comes_to_administer_the_realm_is_not_given_any_more() {
        realm.addMapper("gigya-role-mapper", GOLD);
        var account = account();
        var id = realm.signIn(account).subject();
        assertThat(users.realmRoles(id)).contains("gold");

        administer("roles/gold/composites");

        assertNobodySignsIn(account);
        var other = realm.realm()
                .site()
                .add(Account.builder().verifiedEmail("other@example.com").data("level", "gold"));
        assertNobodySignsIn(other);
    }

    @Test
    void a_group_below_one_that_comes_to_administer_the_realm_is_not_joined() {
        realm.addMapper(
                "gigya-group-mapper", Map.of("field", "data.level", "value", "gold", "group", "/staff/interns"));
        var staff = realm.realm()
                .admin()
                .get(users.path("group-by-path/staff"))
                .succeeded()
                .body()
                .path("id")
                .asText();

        administer("groups/" + staff + "/role-mappings/clients/" + realmManagement());

        assertNobodySignsIn(account());
    }

    @Test
    void a_role_that_is_gone_stops_the_sign_in_before_anything_is_written() {
        realm.addMapper("gigya-attribute-mapper", Map.of("field", "data.level", "user.attribute", "level"));
        realm.addMapper("gigya-role-mapper", GOLD);
        var account = account();
        var id = realm.signIn(account).subject();
        realm.realm().admin().delete(users.path("roles/gold")).succeeded();
        account.setData("level", "silver");

        assertNobodySignsIn(account);

        assertThat(users.byId(id).at("/attributes/level/0").asText()).isEqualTo("gold");
    }

    private void assertNobodySignsIn(Account account) {
        var before = realm.realm().users();
        var visitor = realm.visit();
        realm.realm().admin().clearEvents(realm.realm().name());

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(page.text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
        assertThat(realm.realm().users()).isEqualTo(before);
        assertThat(realm.realm().events())
                .singleElement()
                .satisfies(event -> assertThat(event.at("/details/gigya_error").asText())
                        .isEqualTo(Refusal.GIGYA_MISCONFIGURED.code()));
    }

    private Account account() {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .verifiedEmail("insider@example.com")
                        .profile("firstName", "First")
                        .profile("lastName", "Last")
                        .data("level", "gold"));
    }

    private void administer(String path) {
        var admin = realm.realm().admin();
        var role = admin.get(users.path("clients/" + realmManagement() + "/roles/manage-users"))
                .succeeded()
                .body();
        admin.post(users.path(path), Json.parse("[" + role + "]")).succeeded();
    }

    private String realmManagement() {
        return realm.realm()
                .admin()
                .get(users.path("clients?clientId=realm-management"))
                .succeeded()
                .body()
                .at("/0/id")
                .asText();
    }
}
