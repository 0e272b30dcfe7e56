package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** People whom an administrator of Keycloak or of Gigya does not let in. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisabledUserIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    DisabledUserIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator, Map.of("passwordCheck", "localFirst"), Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_user_disabled_in_keycloak_is_refused_without_a_call_to_gigya() {
        var account = account("kept-out");
        var id = realm.signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));
        account.setProfile("firstName", "Changed");
        var before = users.byId(id);
        simulator.calls().reset();

        var refused = RefusedSignIn.of(realm, account);

        assertThat(refused.error()).isEqualTo("account_disabled");
        assertThat(refused.event().path("error").asText()).isEqualTo("user_disabled");
        assertThat(refused.event().path("userId").asText()).isEqualTo(id);
        assertThat(refused.text()).contains("This account is disabled");
        assertThat(simulator.calls().counts()).isEmpty();
        assertThat(users.byId(id)).isEqualTo(before);
    }

    @Test
    void an_account_disabled_in_gigya_is_refused_and_its_user_disabled_until_it_is_active_again() {
        var account = account("banned");
        var id = realm.signIn(account).subject();
        account.setActive(false);

        var refused = RefusedSignIn.of(realm, account);

        assertThat(refused.error()).isEqualTo("account_disabled");
        assertThat(refused.event().at("/details/gigya_error_code").asText()).isEqualTo("403041");
        assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
        account.setActive(true);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_user_whom_wrong_passwords_locked_out_is_refused_here_too() {
        var account = account("guessed");
        var id = realm.signIn(account).subject();
        users.lockOut(id, "guessed@example.com");
        simulator.calls().reset();

        assertThat(RefusedSignIn.of(realm, account).error()).isEqualTo("account_disabled");
        assertThat(simulator.calls().counts()).isEmpty();

        users.unlock(id);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    private Account account(String name) {
        return realm.site().add(Account.builder().verifiedEmail(name + "@example.com"));
    }
}
