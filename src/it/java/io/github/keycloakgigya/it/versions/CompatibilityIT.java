package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.github.keycloakgigya.it.JavaHome;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.versions.CompatibilityTable.Row;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jar on a version of Keycloak and a Java. A usual build tries the newest of both, {@code mvn -Pmatrix verify} all
 * that are promised, and writes down what works.
 */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
class CompatibilityIT {

    private final GigyaSimulator simulator;

    CompatibilityIT(GigyaSimulator simulator) {
        this.simulator = simulator;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void what_is_essential_works(Combination combination) throws IOException {
        var java = JavaHome.ofRelease(combination.java());
        var working = EnumSet.noneOf(Essential.class);
        try (var keycloak = start(combination, java)) {
            isTheOneThatIsToldOf(keycloak, combination, java);
            startedWithoutWarning(keycloak);
            warmUp(keycloak);
            assertAll(Stream.of(Essential.values()).<Executable>map(essential -> () -> {
                essential.tryOut(keycloak, simulator);
                working.add(essential);
            }));
        } finally {
            if (Boolean.getBoolean("compatibility.write")) {
                CompatibilityTable.read()
                        .with(Row.of(combination.keycloak(), java.version(), working))
                        .write();
            }
        }
    }

    private KeycloakServer start(Combination combination, JavaHome java) {
        return KeycloakServer.start(
                KeycloakDistribution.ofVersion(combination.keycloak()),
                KeycloakSettings.named("compatibility")
                        .onJava(java.directory())
                        .loggingLittle()
                        .withFeatures(Essential.FEATURES)
                        .takingForGigya(simulator),
                step -> {});
    }

    private static void isTheOneThatIsToldOf(KeycloakServer keycloak, Combination combination, JavaHome java) {
        var system = keycloak.admin().get("serverinfo").succeeded().body().path("systemInfo");

        assertThat(system.path("version").asText()).isEqualTo(combination.keycloak());
        assertThat(system.path("javaVersion").asText()).isEqualTo(java.version());
    }

    private static void startedWithoutWarning(KeycloakServer keycloak) {
        assertThat(keycloak.log().entries().stream()
                        .takeWhile(entry -> !entry.message().contains(" started in ")))
                .isNotEmpty()
                .filteredOn(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                .noneMatch(
                        entry -> entry.level().equals("WARN") || entry.level().equals("ERROR"));
    }

    // The first sign-in of a server that has just started, on a busy machine, may take longer than one may wait.
    private void warmUp(KeycloakServer keycloak) {
        try {
            Essential.LOGIN.tryOut(keycloak, simulator);
        } catch (AssertionError tooSlow) {
            return;
        }
    }

    static Stream<Combination> combinations() {
        return Combination.ofBuild();
    }
}
