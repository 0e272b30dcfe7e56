package io.github.keycloakgigya.it.sync;

import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;

final class ModelBulkUsersIT extends BulkUsersContract {

    ModelBulkUsersIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator, "model");
    }
}
