package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.GigyaSimulator;

final class ModelBulkUsersIT extends BulkUsersContract {

    ModelBulkUsersIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator, "model");
    }
}
