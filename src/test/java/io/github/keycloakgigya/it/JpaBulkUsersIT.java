package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.GigyaSimulator;

final class JpaBulkUsersIT extends BulkUsersContract {

    JpaBulkUsersIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator, "entities");
    }
}
