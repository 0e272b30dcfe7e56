package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.Versions;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakHome;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An administrator asks Keycloak whether nodes can be replaced one after the other: the commands of docs/upgrading.md,
 * "One node after the other".
 */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpdateCompatibilityIT {

    private static final String EXTENSION = "keycloak-gigya";

    @TempDir
    private static Path directory;

    private KeycloakHome home;
    private ObjectNode written;

    @BeforeAll
    void ask_for_the_metadata_of_the_old_node() throws IOException {
        home = KeycloakHome.prepare(
                TestProviders.inBuild(), KeycloakSettings.named("update-compatibility"), step -> {});
        var file = directory.resolve("old.json");
        assertThat(home.updateCompatibility("metadata", file, directory.resolve("metadata.txt")))
                .isZero();
        written = (ObjectNode) Json.parse(Files.readString(file));
    }

    @Test
    void the_metadata_holds_the_version_of_the_extension() {
        assertThat(written.at("/keycloak-gigya/version").asText()).isEqualTo(Versions.ofJar());
    }

    @Test
    void the_same_version_may_be_rolled_out() throws IOException {
        assertThat(check(written).isRolling()).isTrue();
    }

    @Test
    void another_patch_may_be_rolled_out() throws IOException {
        assertThat(check(versioned(minor() + ".99")).isRolling()).isTrue();
    }

    @Test
    void the_extension_may_be_added_to_one_node_after_the_other() throws IOException {
        var without = written.deepCopy();
        without.remove(EXTENSION);

        assertThat(check(without).isRolling()).isTrue();
    }

    @Test
    void another_minor_version_stops_all_nodes_first() throws IOException {
        var answer = check(versioned("999.0.0"));

        assertThat(answer.isRolling()).isFalse();
        assertThat(answer.text())
                .contains("Rolling Update is not available. 'keycloak-gigya.version' is incompatible: 999.0.0 -> "
                        + Versions.ofJar());
    }

    private static String minor() {
        return Versions.ofJar().replaceFirst("^(\\d+\\.\\d+)\\..*", "$1");
    }

    private ObjectNode versioned(String version) {
        var other = written.deepCopy();
        other.putObject(EXTENSION).put("version", version);
        return other;
    }

    private record Answer(int exitCode, String text) {

        boolean isRolling() {
            return exitCode == 0 && text.contains("[OK] Rolling Update is available.");
        }
    }

    private Answer check(ObjectNode metadata) throws IOException {
        var file = Files.writeString(directory.resolve("other.json"), metadata.toString());
        var output = directory.resolve("check.txt");
        return new Answer(home.updateCompatibility("check", file, output), Files.readString(output));
    }
}
