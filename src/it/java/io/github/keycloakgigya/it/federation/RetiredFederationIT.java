package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator removes imported users, or the federation that they came from. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RetiredFederationIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private Account account;
    private String id;
    private String local;

    RetiredFederationIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void import_a_user_beside_a_local_one() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        account = realm.site()
                .add(Account.builder().verifiedEmail("ann@example.com").data("memberNumber", 1));
        id = realm.signIn(account).subject();
        local = users.addLocal("local", "local@example.com", true);
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_removed_user_is_imported_again_by_the_next_sign_in() {
        users.change(id, user -> user.withObject("/attributes").putArray("note").add("old"));
        realm.admin().delete(users.path("users/" + id)).succeeded();
        assertThat(ids()).containsExactly(local);

        realm.signIn(account);

        var again = realm.userOf(account);
        assertThat(again.path("attributes").has("note")).isFalse();
        assertThat(again.path("username").asText()).isEqualTo("ann@example.com");
    }

    @Test
    void all_imported_users_go_at_once_and_come_back_one_by_one() {
        realm.admin()
                .post(users.path("user-storage/" + realm.componentId() + "/remove-imported-users"), Json.parse("{}"))
                .succeeded();

        assertThat(ids()).containsExactly(local);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void unlinked_users_become_local_ones_that_no_account_gets_back() {
        realm.admin()
                .post(users.path("user-storage/" + realm.componentId() + "/unlink-users"), Json.parse("{}"))
                .succeeded();

        assertThat(users.byId(id).has("federationLink")).isFalse();
        assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_released");
        assertThat(users.byId(id).has("federationLink")).isFalse();
    }

    @Test
    void with_the_federation_its_users_go_and_the_sign_in_says_that_it_is_not_set_up() {
        realm.admin().delete(users.path("components/" + realm.componentId())).succeeded();

        assertThat(ids()).containsExactly(local);
        var page = realm.login().begin();
        assertThat(page.text()).contains("Sign-in is not set up correctly here");
    }

    @Test
    void while_the_federation_is_disabled_nobody_signs_in_and_nobody_is_lost() {
        setFederationEnabled(false);

        assertThat(realm.login().begin().text()).contains("Sign-in is not set up correctly here");
        assertThat(ids()).containsExactlyInAnyOrder(local, id);

        setFederationEnabled(true);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    private void setFederationEnabled(boolean enabled) {
        var component = (ObjectNode) realm.admin()
                .get(users.path("components/" + realm.componentId()))
                .body();
        ((ObjectNode) component.get("config")).putArray("enabled").add(Boolean.toString(enabled));
        realm.admin().updateComponent(realm.name(), realm.componentId(), component);
    }

    private List<String> ids() {
        return realm.users().stream()
                .map(user -> user.path("id"))
                .map(JsonNode::asText)
                .toList();
    }
}
