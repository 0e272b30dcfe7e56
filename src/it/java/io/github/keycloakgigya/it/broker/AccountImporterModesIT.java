package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sync modes of the importer do with a user who is there already. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountImporterModesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private OpenIdRealm realm;

    AccountImporterModesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = OpenIdRealm.create(keycloak, simulator, Map.of(), Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource({"FORCE, INHERIT", "LEGACY, INHERIT", "IMPORT, FORCE", "IMPORT, LEGACY"})
    void a_known_user_follows_the_account(String ofProvider, String ofMapper) {
        var account = changedAfterTheFirstSignIn(ofProvider, ofMapper);

        realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(user.path("firstName").asText()).isEqualTo("After");
        assertThat(user.path("email").asText()).isEqualTo("after-" + account.uid() + "@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.at("/attributes").has("memberNumber")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"IMPORT, INHERIT", "FORCE, IMPORT", "LEGACY, IMPORT"})
    void a_known_user_stays_as_imported(String ofProvider, String ofMapper) {
        var account = changedAfterTheFirstSignIn(ofProvider, ofMapper);

        realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(user.path("firstName").asText()).isEqualTo("Before");
        assertThat(user.path("email").asText()).isEqualTo("before-" + account.uid() + "@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.at("/attributes/memberNumber/0").asText()).isEqualTo("4711");
    }

    private Account changedAfterTheFirstSignIn(String ofProvider, String ofMapper) {
        realm.configureProvider(Map.of("syncMode", ofProvider));
        realm.configureMapper(Map.of("syncMode", ofMapper));
        var builder = Account.builder();
        var account = realm.realm()
                .site()
                .add(builder.profile("firstName", "Before")
                        .profile("lastName", "Example")
                        .data("memberNumber", 4711));
        become(account, "before");
        realm.signIn(account);
        become(account, "after");
        account.setProfile("firstName", "After");
        account.setData("memberNumber", null);
        return account;
    }

    private static void become(Account account, String name) {
        var email = name + "-" + account.uid() + "@example.com";
        account.addVerifiedEmail(email);
        account.setProfile("email", email);
    }
}
