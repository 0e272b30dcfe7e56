package io.github.keycloakgigya.it.browser;

import io.github.keycloakgigya.it.OlderKeycloak;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;

/** The oldest version that is supported. */
@OnlyInFullBuild
class BrowserOlderConsoleIT extends ProviderConsoleContract {

    BrowserOlderConsoleIT(@OlderKeycloak KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @Override
    void picture(String name) {
        // The documents show the newer one.
    }
}
