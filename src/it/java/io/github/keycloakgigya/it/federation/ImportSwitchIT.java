package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator turns the import of users off, and on again. */
@ExtendWith(SharedServers.class)
class ImportSwitchIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    ImportSwitchIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void imported_users_go_on_with_all_that_keycloak_knows_of_them() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var users = new UserAdmin(realm);
            var account = realm.site().add(Account.builder().verifiedEmail("old@example.com"));
            var before = realm.signIn(account).subject();
            users.change(before, user -> user.putArray("requiredActions").add("UPDATE_PASSWORD"));
            realm.configure(Map.of("importEnabled", "false"));
            account.setProfile("firstName", "Renamed");

            var visitor = realm.visit();
            var page = visitor.post(realm.proofOf(account, visitor.audience()));

            assertThat(page.text()).contains("Update password");
            assertThat(users.byId(before).path("firstName").asText()).isEqualTo("Renamed");
            var newcomer = realm.site().add(Account.builder().verifiedEmail("new@example.com"));
            assertThat(realm.signIn(newcomer).subject()).startsWith("f:");
        }
    }

    @Test
    void users_who_were_not_imported_are_imported_and_the_id_of_old_leads_to_them() {
        try (var realm = GigyaRealm.create(keycloak, simulator, Map.of("importEnabled", "false"), Map.of())) {
            var users = new UserAdmin(realm);
            var account = realm.site().add(Account.builder().verifiedEmail("switched@example.com"));
            var before = realm.signIn(account).subject();
            realm.configure(Map.of("importEnabled", "true"));

            var after = realm.signIn(account).subject();

            assertThat(before).startsWith("f:");
            assertThat(after).doesNotStartWith("f:");
            assertThat(users.byId(before).path("id").asText()).isEqualTo(after);
        }
    }
}
