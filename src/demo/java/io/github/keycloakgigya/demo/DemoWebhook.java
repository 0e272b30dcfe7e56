package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;

/** Has the webhook made, by the command that an administrator uses. */
final class DemoWebhook {

    /** The id of the user federation in {@code docker/demo-realm.json}. */
    static final String FEDERATION = "demo-gigya";

    private DemoWebhook() {}

    static void setUp(KeycloakServer keycloak) {
        var status = keycloak.admin()
                .post(
                        "realms/" + Invitation.REALM + "/gigya/webhook",
                        Json.parse("{\"componentId\": \"" + FEDERATION + "\"}"))
                .succeeded()
                .body()
                .path("status")
                .asText();
        Demo.step("The webhook of the site is set up: " + status);
    }
}
