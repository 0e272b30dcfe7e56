package io.github.keycloakgigya.it;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;

/** The first sign-in of a server, which may take longer than Gigya may. */
final class WarmUp {

    private WarmUp() {}

    /** Returns when somebody has signed in. */
    static void of(KeycloakServer keycloak, GigyaSimulator simulator) {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var account = realm.site().add(Account.builder().verifiedEmail("first@example.com"));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> realm.signIn(account));
        }
    }
}
