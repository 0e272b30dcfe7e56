package io.github.keycloakgigya.it.browser;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;

/** The version that the build names. */
@OnlyInFullBuild
class BrowserProviderConsoleIT extends ProviderConsoleContract {

    BrowserProviderConsoleIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @Override
    void picture(String name) {
        console().picture(name);
    }
}
