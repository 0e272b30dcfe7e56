package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that nobody has are remembered for a while. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NegativeLookUpIT {

    private static final String SEARCH = "accounts.search";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;

    NegativeLookUpIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        new UserAdmin(realm).allowPasswords();
    }

    @BeforeEach
    void forget_calls() {
        simulator.calls().reset();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_name_that_nobody_has_is_asked_for_once_in_a_while() {
        for (int attempt = 0; attempt < 5; attempt++) {
            NamedAttempt.of(realm, "nobody@example.com").knowsNobody();
        }

        assertThat(simulator.calls().counts()).isEqualTo(Map.of(SEARCH, 1));
    }

    @Test
    void every_name_is_remembered_for_itself() {
        NamedAttempt.of(realm, "first@example.com").knowsNobody();
        var account = realm.site().add(Account.builder().verifiedEmail("second@example.com"));

        NamedAttempt.of(realm, "second@example.com")
                .knows(realm.userOf(account).path("id").asText());
    }

    @Test
    void another_realm_asks_for_itself() {
        NamedAttempt.of(realm, "known.elsewhere@example.com").knowsNobody();
        try (var another = GigyaRealm.create(keycloak, simulator)) {
            new UserAdmin(another).allowPasswords();
            var account = another.site().add(Account.builder().verifiedEmail("known.elsewhere@example.com"));

            NamedAttempt.of(another, "known.elsewhere@example.com")
                    .knows(another.userOf(account).path("id").asText());
        }
    }

    @Test
    void who_registers_meanwhile_signs_in_at_once_and_is_found_by_name_then() {
        NamedAttempt.of(realm, "newcomer@example.com").knowsNobody();
        var account = realm.site().add(Account.builder().verifiedEmail("newcomer@example.com"));

        var user = realm.signIn(account).subject();

        NamedAttempt.of(realm, "newcomer@example.com").knows(user);
    }
}
