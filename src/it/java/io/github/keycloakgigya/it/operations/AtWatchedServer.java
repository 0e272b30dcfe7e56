package io.github.keycloakgigya.it.operations;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Watched;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of the {@link Watched} server. Each test ends the faults that it ordered. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtWatchedServer {

    final KeycloakServer keycloak;
    final GigyaSimulator simulator;

    AtWatchedServer(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    /** The first sign-in of a server may take longer than Gigya may. */
    @BeforeAll
    void warm_up() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var account = realm.site().add(Account.builder().verifiedEmail("first@example.com"));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> realm.signIn(account));
        }
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    /** {@return a new account of the realm's site} */
    static Account account(GigyaRealm realm) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail("person-" + UUID.randomUUID() + "@example.com")
                        .profile("firstName", "Maria"));
    }
}
