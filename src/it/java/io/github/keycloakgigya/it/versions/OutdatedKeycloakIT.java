package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody puts the jar into a Keycloak that is too old for it. {@code mvn -Pmatrix verify} names some. */
@OnlyInFullBuild
class OutdatedKeycloakIT {

    private static final String OWN = "io.github.keycloakgigya";

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("versions")
    void the_server_starts_without_the_extension_and_says_so_in_one_line(String version) {
        try (var keycloak = start(version)) {
            assertThat(keycloak.log().entries())
                    .filteredOn(entry -> (entry.category() + entry.message()).contains(OWN))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.level()).isEqualTo("WARN");
                        assertThat(entry.message())
                                .isEqualTo("keycloak-gigya needs Keycloak 26.5 or later; this is " + version
                                        + ". It stays off.");
                    });
            var info = keycloak.admin().get("serverinfo").succeeded().body();
            assertThat(info.at("/systemInfo/version").asText()).isEqualTo(version);
            assertThat(info.at("/componentTypes/org.keycloak.storage.UserStorageProvider")
                            .findValuesAsText("id"))
                    .contains("ldap")
                    .doesNotContain("gigya");
            assertThat(info.at("/providers/authenticator/providers").has("gigya-login"))
                    .isFalse();
            assertThat(info.at("/providers/authenticator/providers").has("auth-cookie"))
                    .isTrue();
        }
    }

    private static KeycloakServer start(String version) {
        var settings = KeycloakSettings.named("outdated");
        if (version.startsWith("25.")) {
            // What an administrator's name and password were called then.
            settings = settings.withVariable("KEYCLOAK_ADMIN", KeycloakServer.ADMIN)
                    .withVariable("KEYCLOAK_ADMIN_PASSWORD", KeycloakServer.ADMIN);
        }
        return KeycloakServer.start(KeycloakDistribution.ofVersion(version), settings, step -> {});
    }

    static List<String> versions() {
        return Combination.listed("compatibility.outdated");
    }
}
