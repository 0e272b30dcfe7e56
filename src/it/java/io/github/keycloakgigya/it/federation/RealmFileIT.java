package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that starts with a realm file. */
@OnlyInFullBuild
class RealmFileIT {

    private static final String TYPE = "org.keycloak.storage.UserStorageProvider";

    @Test
    void every_setting_comes_out_of_it_although_gigya_is_down_when_the_server_starts(@TempDir Path directory)
            throws IOException {
        var settings = new HashMap<>(FederationSettings.every());
        settings.put("checkConnectionOnSave", "true");
        var realm = (ObjectNode) Json.parse("{\"realm\": \"from-file\", \"enabled\": true}");
        var component = FederationSettings.component("gigya", settings);
        component.remove("providerType");
        realm.putObject("components").putArray(TYPE).add(component);
        var file = Files.writeString(directory.resolve("from-file-realm.json"), realm.toString());

        try (var server = KeycloakServer.start(
                TestProviders.inBuild(), KeycloakSettings.named("realm-file").importing(file), step -> {})) {
            var components = server.admin().components("from-file", TYPE);

            assertThat(components).hasSize(1);
            var config = components.get(0).path("config");
            settings.forEach((key, value) -> assertThat(config.path(key).path(0).asText())
                    .as(key)
                    .isEqualTo(key.equals("secret") ? "**********" : value));
        }
    }
}
