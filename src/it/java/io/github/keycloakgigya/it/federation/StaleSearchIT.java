package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody types a name, and Gigya's search shows its account as it was before its user came up to date. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleSearchIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    StaleSearchIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(
                keycloak, simulator, Map.of("usernameField", "profile.username", "passwordCheck", "off"), Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterEach
    void catch_up() {
        realm.site().searchLag(Duration.ZERO);
        realm.configure(Map.of("importEnabled", "true"));
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_name_that_was_given_up_finds_nobody_and_changes_nothing(boolean importEnabled) {
        var name = "kept" + importEnabled;
        var account = realm.site()
                .add(Account.builder()
                        .username("former" + name)
                        .verifiedEmail("former" + name + "@example.com")
                        .lastUpdated(Instant.now().minus(Duration.ofHours(1))));
        var id = realm.signIn(account).subject();
        realm.site().searchLag(Duration.ofMinutes(10));
        account.setProfile("username", name);
        account.moveTo(name + "@example.com");
        realm.signIn(account);
        realm.configure(Map.of("importEnabled", "" + importEnabled));
        var before = users.byId(id);
        assertThat(before.path("username").asText()).isEqualTo(name);

        NamedAttempt.of(realm, "former" + name).knowsNobody();
        NamedAttempt.of(realm, "former" + name + "@example.com").knowsNobody();

        assertThat(users.byId(id)).isEqualTo(before);
        NamedAttempt.of(realm, name).knows(id);
    }

    @Test
    void whom_the_policy_disabled_is_not_enabled_by_a_look_up() {
        var account = realm.site().add(Account.builder().username("leaving").verifiedEmail("leaving@example.com"));
        var id = realm.signIn(account).subject();
        var visitor = realm.visit();
        var proof = realm.proofOf(account, visitor.audience());
        realm.site().delete(account);
        visitor.post(proof);
        assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
        var back = realm.site()
                .add(Account.builder().uid(account.uid()).username("returned").verifiedEmail("leaving@example.com"));

        NamedAttempt.of(realm, "returned").knowsNobody();

        assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
        assertThat(realm.signIn(back).subject()).isEqualTo(id);
    }
}
